"""What a resource is: its inputs and outputs, its rules, and its verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, get_type_hints

from pulumi_daytona.core.models import InputModel, OutputModel
from pulumi_daytona.core.traits import KEEP, SECRET, Change, SecretWith

if TYPE_CHECKING:
    from pulumi_daytona.core.session import Session

State = dict[str, Any]
"""What the engine keeps of a resource: the inputs as last set, the live attributes, and ``declared``."""


@dataclass(frozen=True)
class Failure:
    """Name an input that can't be accepted, and what is allowed instead."""

    property: str
    reason: str


@dataclass(frozen=True)
class Live:
    """Hold a resource as it is.

    Args:
        id: Its id.
        attributes: Its outputs, by name.
        inputs: Values in the shape of inputs that are no outputs by themselves.
    """

    id: str
    attributes: Mapping[str, Any]
    inputs: Mapping[str, Any] = field(default_factory=dict)


InputsT = TypeVar("InputsT", bound=InputModel)
Given = TypeVar("Given", bound=InputModel, contravariant=True)


class Verbs(Protocol[Given]):
    """Create, read, update and delete one kind of resource."""

    async def create(self, session: Session, inputs: Given) -> Live:
        """Make the resource and return it when it is usable; leave nothing behind when that fails."""

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the resource as it is, or None when it definitely doesn't exist."""

    async def update(self, session: Session, resource_id: str, state: State, inputs: Given) -> Live:
        """Change what differs from the inputs, and return the resource as it is then."""

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the resource and return when it is gone; one that is gone already is a success."""


def _no_rules(_: Any) -> Iterator[Failure]:
    return iter(())


def _no_faults(_: State) -> Mapping[str, Change]:
    return {}


@dataclass(frozen=True)
class Definition(Generic[InputsT]):
    """Bring together all that makes a kind of resource.

    Args:
        name: The resource's type name, for example ``Sandbox``.
        doc: What it is, for the reference and for editors: one sentence that ends with the API's operation
            in brackets, then, after an empty line each, what else a user has to know.
        inputs: The model of its inputs.
        outputs: The model of its outputs.
        verbs: Its create, read, update and delete.
        rules: The rules over several inputs, known without a request.
        faults: What must change, by property, because of the live resource alone (one in error).
        unique_name: The input that names the resource uniquely, so that a replacement under the same
            name has to delete first.
        refers_to: The inputs that name a ``Snapshot`` or a ``Region``, each with which of them.
    """

    name: str
    doc: str
    inputs: type[InputsT]
    outputs: type[OutputModel]
    verbs: Verbs[InputsT]
    rules: Callable[[InputsT], Iterator[Failure]] = _no_rules
    faults: Callable[[State], Mapping[str, Change]] = _no_faults
    unique_name: str | None = None
    refers_to: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def secrets(self) -> list[str]:
        """Return the names of the inputs and outputs that are secrets."""
        given = [name for name, trait in self.inputs.traits().items() if trait.secret]
        read = [name for name, marks in self._output_marks() if SECRET in marks]
        return [*given, *(name for name in (*read, *self.secret_with) if name not in given)]

    @cached_property
    def secret_with(self) -> dict[str, tuple[str, ...]]:
        """Return the outputs that are secrets where inputs are, each with the names of those inputs."""
        marked = ((name, mark) for name, marks in self._output_marks() for mark in marks)
        return {name: mark.inputs for name, mark in marked if isinstance(mark, SecretWith)}

    def _output_marks(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        hints = get_type_hints(self.outputs, include_extras=True)
        return ((name, getattr(hint, "__metadata__", ())) for name, hint in hints.items())

    def state(self, inputs: Mapping[str, Any], live: Live) -> State:
        """Return what the engine keeps: the inputs as set, over them what is live, and what was declared.

        An input that can't change on a live resource stays as the program wrote it: the API may answer
        with another spelling of the same (a snapshot's name for its id).
        """
        fixed = {name for name, trait in self.inputs.traits().items() if trait.change is Change.REPLACE}
        spelled = {name: value for name, value in inputs.items() if name in fixed}
        shaped = {name: value for name, value in live.inputs.items() if name in inputs}
        return {**inputs, **live.attributes, **shaped, **spelled, "declared": sorted(inputs)}

    def declared(self, state: State) -> dict[str, Any]:
        """Return the inputs that correspond to a state, for those that the program declared."""
        return {name: state[name] for name in state.get("declared", ()) if state.get(name) is not None}


def wanted_values(state: State, inputs: InputModel) -> dict[str, Any]:
    """Return the values that an update has to reach: those set, and for those no longer set the default.

    Args:
        state: The state before the update.
        inputs: The new inputs.
    """
    values = inputs.plain()
    declared = set(state.get("declared", ()))
    for name, trait in type(inputs).traits().items():
        removed = name in declared and name not in values
        if removed and trait.change is Change.UPDATE and trait.default is not KEEP:
            values[name] = trait.default
    return values


def changed_values(state: State, inputs: InputModel) -> dict[str, Any]:
    """Return the values of ``wanted_values`` that the state doesn't have yet."""
    traits = type(inputs).traits()
    return {
        name: value
        for name, value in wanted_values(state, inputs).items()
        if traits[name].change is not Change.NONE
        and (state.get(name) is None or not traits[name].same(state[name], value))
    }
