"""The work of the dynamic front end, in the process that the engine starts for it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)
from pulumi.output import Unknown
from pulumi.runtime import rpc

from pulumi_daytona import dynamic_host
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition, Failure, State
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.references import check_known
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import read_settings
from pulumi_daytona.core.unknown import UNKNOWN

PROVIDER_KEY = "__provider"

_session: Session | None = None
_session_lock = threading.Lock()


class Hosted:
    """Translate between the dynamic host and one definition of the core.

    Args:
        definition: The kind of resource.
    """

    def __init__(self, definition: Definition[Any]) -> None:
        self._definition = definition

    def configure(self, request: ConfigureRequest) -> None:
        """Make the process's one session, unless another kind of resource has."""
        _connect(request.config.get)

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate what is known of the inputs, and bring them into their normal form."""
        checked = check(self._definition, from_engine(dynamic_host.with_unknowns(news)))
        absent = self._absent(from_engine(olds), checked.inputs)
        failures = [CheckFailure(each.property, each.reason) for each in (*checked.failures, *absent)]
        return CheckResult(to_engine(checked.inputs), failures)

    def diff(self, resource_id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Say what changes, and whether it replaces."""
        _note(resource_id)
        difference = diff(self._definition, from_engine(olds), from_engine(news))
        return DiffResult(
            changes=bool(difference.changes),
            replaces=difference.replaces,
            stables=["id"],
            delete_before_replace=difference.delete_before_replace,
        )

    def create(self, news: dict[str, Any]) -> CreateResult:
        """Make the resource and return it when it is usable."""
        session, inputs = _connected(), self._definition.inputs.model_validate(from_engine(news))
        live = session.run(self._definition.verbs.create(session, inputs))
        return CreateResult(live.id, self._definition.state(inputs.plain(), live))

    def read(self, resource_id: str, olds: dict[str, Any]) -> ReadResult:
        """Read the resource; one that is gone has no id."""
        session, state = _connected(), from_engine(olds)
        _note(resource_id)
        live = session.run(self._definition.verbs.read(session, resource_id, state))
        if live is None:
            return ReadResult("", {}, {})
        read = self._definition.state(self._definition.declared(state), live)
        return ReadResult(live.id, read, self._definition.declared(read))

    def update(self, resource_id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        """Change what differs."""
        session, state = _connected(), from_engine(olds)
        _note(resource_id)
        inputs = self._definition.inputs.model_validate(from_engine(news))
        live = session.run(self._definition.verbs.update(session, resource_id, state, inputs))
        return UpdateResult(self._definition.state(inputs.plain(), live))

    def delete(self, resource_id: str, olds: dict[str, Any]) -> None:
        """Remove the resource; one that is gone already is a success."""
        session = _connected()
        _note(resource_id)
        session.run(self._definition.verbs.delete(session, resource_id, from_engine(olds)))

    def _absent(self, olds: State, news: State) -> tuple[Failure, ...]:
        """Look up what the inputs refer to, where Daytona is known."""
        if _session is None:
            return ()
        return _session.run(check_known(_session, self._definition, olds, news))


@cache
def hosted(kind: str) -> Hosted:
    """Return what serves a kind of resource."""
    return Hosted(definition_of(kind))


def from_engine(values: Mapping[str, Any]) -> State:
    """Return the engine's values as the core's: its unknowns, and whole numbers as integers."""
    return {key: _decoded(value) for key, value in values.items() if key != PROVIDER_KEY}


def to_engine(value: Any) -> Any:
    """Return a value of the core as the engine's."""
    if isinstance(value, Mapping):
        return {key: to_engine(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_engine(item) for item in value]
    return rpc.UNKNOWN if value is UNKNOWN else value


def _decoded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return UNKNOWN if isinstance(value, Unknown) or value == rpc.UNKNOWN else value


def _connect(config: Callable[[str], object]) -> None:
    """Make the process's one session; every resource's provider comes here, the first one connects."""
    global _session
    with _session_lock:
        if _session is None:
            dynamic_host.adapt()
            _session = Session(read_settings(config, os.environ), dynamic_host.engine_alive)
            dynamic_host.at_end(_session.close)


def _connected() -> Session:
    if _session is None:
        raise ProviderError("the provider was not configured; this is a defect of its host")
    return _session


def _note(resource_id: str) -> None:
    """Take note that the engine has a resource in its state: no create may take it for a lost one."""
    if _session is not None:
        _session.in_state.add(resource_id)
