"""Front end 1: the core's resources as Pulumi dynamic resources, with nothing to install but this package.

This is what the engine's state refers to, and what a program needs of it: names. The work is in ``hosted``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_daytona.core.resources import RESOURCES

if TYPE_CHECKING:
    from pulumi_daytona.hosted import Hosted

_SUFFIX = "Provider"


class DaytonaProvider(ResourceProvider):
    """Stand for one kind of resource in the engine's state.

    It has no fields and is defined in an installed package, so that the state holds a reference to it and
    not its code, and no credential.
    """

    serialize_as_secret_always = False
    kind: ClassVar[str]

    def configure(self, req: ConfigureRequest) -> None:
        """Read where Daytona is from the stack's configuration, then the environment."""
        self._hosted().configure(req)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate what is known of the inputs, and bring them into their normal form."""
        return self._hosted().check(_olds, news)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Say what changes, and whether it replaces."""
        return self._hosted().diff(_id, _olds, _news)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the resource and return it when it is usable."""
        return self._hosted().create(props)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Read the resource; one that is gone has no id."""
        return self._hosted().read(id_, props)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Change what differs."""
        return self._hosted().update(_id, _olds, _news)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove the resource; one that is gone already is a success."""
        self._hosted().delete(_id, _props)

    def _hosted(self) -> Hosted:
        from pulumi_daytona.hosted import hosted  # a program never gets here, and is spared its imports

        return hosted(self.kind)


def provider_class(kind: str) -> type[DaytonaProvider]:
    """Return the class that stands for a kind of resource, for example ``SandboxProvider`` of this module."""
    name = kind + _SUFFIX
    if name not in globals():
        fields = {"__doc__": f"Stand for {kind}.", "__module__": __name__, "kind": kind}
        globals()[name] = type(name, (DaytonaProvider,), fields)
    found: type[DaytonaProvider] = globals()[name]
    return found


def __getattr__(name: str) -> type[DaytonaProvider]:
    """Return a provider class, for who unpickles a reference to it."""
    if not name.endswith(_SUFFIX) or name.removesuffix(_SUFFIX) not in RESOURCES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return provider_class(name.removesuffix(_SUFFIX))
