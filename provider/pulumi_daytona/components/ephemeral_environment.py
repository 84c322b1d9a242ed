"""The ``EphemeralEnvironment`` component: a sandbox for one pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import pulumi
from pulumi import Input, Output

from pulumi_daytona import resources
from pulumi_daytona.components.sandbox_args import SandboxArgs, labelled

if TYPE_CHECKING:
    from pulumi_daytona.sandbox import Sandbox

DEFAULT_TTL_MINUTES = 24 * 60
_REPOSITORY_LENGTH = 40


class EphemeralEnvironment(pulumi.ComponentResource):
    """Declare the environment of one pull request: a sandbox that ends by itself (create sandbox).

    Its name and its labels tell the repository and the number. The time to live is its safety net: it is
    destroyed when the time is over, whatever its state, even if nobody runs ``pulumi destroy``. It counts
    from the creation; an ``up`` with a refresh makes an environment anew that has ended.

    Attributes:
        sandbox: The sandbox.
        sandbox_id: Its id.
        sandbox_name: Its name in Daytona.
        auto_destroy_at: When it is destroyed.
    """

    _made_of: ClassVar[Any] = resources
    sandbox_id: Output[str]
    sandbox_name: Output[str]
    auto_destroy_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        repository: Input[str],
        number: Input[int],
        name: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
        **sandbox: Unpack[SandboxArgs],
    ) -> None:
        """Declare the environment of one pull request.

        Args:
            resource_name: The logical name in the program.
            repository: The repository, for example ``acme/shop``. A change replaces.
            number: The number of the pull request. A change replaces.
            name: The name in Daytona, unique in the organization; by default it follows from repository and
                number, for example ``acme-shop-pr-42``. A replacement deletes the old sandbox first.
            opts: Pulumi's resource options.
            sandbox: The inputs of ``Sandbox``. ``ttl_minutes`` is 1440 (a day) by default. The labels
                ``repository`` and ``pull-request`` are added.

        Raises:
            ValueError: ``ttl_minutes`` is not a number of minutes to live.
        """
        super().__init__("daytona:components:EphemeralEnvironment", resource_name, None, opts)
        about = Output.all(repository, number)
        marks = {"repository": repository, "pull-request": Output.from_input(number).apply(_digits)}
        given = labelled(sandbox, marks)
        given["ttl_minutes"] = _lives(resource_name, given.get("ttl_minutes"))
        self.sandbox: Sandbox = self._made_of.Sandbox(
            resource_name,
            name=name if name is not None else about.apply(lambda pair: environment_name(*pair)),
            opts=pulumi.ResourceOptions(parent=self),
            **given,
        )
        self.sandbox_id = self.sandbox.id
        self.sandbox_name = self.sandbox.name
        self.auto_destroy_at = self.sandbox.auto_destroy_at
        self.register_outputs(
            {
                "sandbox_id": self.sandbox_id,
                "sandbox_name": self.sandbox_name,
                "auto_destroy_at": self.auto_destroy_at,
            }
        )


def environment_name(repository: str, number: float) -> str:
    """Return the name of a pull request's environment, for example ``acme-shop-pr-42``."""
    plain = re.sub(r"[^a-z0-9]+", "-", repository.lower()).strip("-")
    return f"{plain[-_REPOSITORY_LENGTH:].strip('-') or 'repository'}-pr-{_digits(number)}"


def _digits(number: float) -> str:
    return f"{number:.0f}"  # a number that has come through the engine may be a float


def _lives(resource_name: str, ttl_minutes: Input[int] | None) -> Input[int]:
    """Return the time to live; without one there would be no safety net."""
    if ttl_minutes is None:
        return DEFAULT_TTL_MINUTES
    if isinstance(ttl_minutes, int):
        return _positive(resource_name, ttl_minutes)
    return Output.all(ttl_minutes).apply(lambda found: _positive(resource_name, found[0]))


def _positive(resource_name: str, minutes: int) -> int:
    if minutes < 1:
        raise ValueError(
            f'declare environment "{resource_name}": ttl_minutes is {minutes}, which is no end; '
            "give 1 or more, or use Sandbox"
        )
    return minutes
