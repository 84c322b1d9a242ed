"""The ``SandboxPool`` component: a number of alike sandboxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import pulumi
from pulumi import Output

from pulumi_daytona import resources
from pulumi_daytona.components.sandbox_args import SandboxArgs, labelled

if TYPE_CHECKING:
    from pulumi_daytona.sandbox import Sandbox


class SandboxPool(pulumi.ComponentResource):
    """Declare a number of alike sandboxes, each with a key that stays its own (create sandbox).

    A pool that shrinks loses those with the highest keys, one that grows touches none that it has.

    Attributes:
        sandboxes: The sandboxes, by key.
        ids: Their ids, by key.
        names: Their names in Daytona, by key.
    """

    _made_of: ClassVar[Any] = resources
    ids: Output[dict[str, str]]
    names: Output[dict[str, str]]

    def __init__(
        self,
        resource_name: str,
        *,
        count: int | None = None,
        keys: Sequence[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
        **sandbox: Unpack[SandboxArgs],
    ) -> None:
        """Declare a number of alike sandboxes.

        Args:
            resource_name: The logical name in the program; those of the sandboxes are ``<name>-<key>``.
            count: How many; their keys are 0, 1, 2 and so on.
            keys: The keys, instead of a number: the sandbox of a key that goes is removed, and no other.
            opts: Pulumi's resource options.
            sandbox: The inputs of ``Sandbox``, for each of them. The labels ``pool`` and ``pool-key`` are
                added.

        Raises:
            ValueError: Not one of count and keys is given, or a key is empty or there twice.
        """
        super().__init__("daytona:components:SandboxPool", resource_name, None, opts)
        self.sandboxes: Mapping[str, Sandbox] = {
            key: self._made_of.Sandbox(
                f"{resource_name}-{key}",
                opts=pulumi.ResourceOptions(parent=self),
                **labelled(sandbox, {"pool": resource_name, "pool-key": key}),
            )
            for key in pool_keys(resource_name, count, keys)
        }
        self.ids = Output.all(**{key: each.id for key, each in self.sandboxes.items()})
        self.names = Output.all(**{key: each.name for key, each in self.sandboxes.items()})
        self.register_outputs({"ids": self.ids, "names": self.names})


def pool_keys(resource_name: str, count: int | None, keys: Sequence[str] | None) -> list[str]:
    """Return the keys of a pool's sandboxes.

    Raises:
        ValueError: They can't be told, or one is empty or there twice.
    """
    here = f'declare pool "{resource_name}"'
    if (count is None) == (keys is None):
        raise ValueError(f"{here}: give either count or keys")
    if count is not None and count < 0:
        raise ValueError(f"{here}: count is {count}; give 0 or more")
    chosen = [str(number) for number in range(count or 0)] if keys is None else list(keys)
    if "" in chosen:
        raise ValueError(f"{here}: a key is empty; give each sandbox a key of its own")
    if twice := [key for key, times in Counter(chosen).items() if times > 1]:
        raise ValueError(f"{here}: {', '.join(map(repr, twice))} is there twice; give each a key of its own")
    return chosen
