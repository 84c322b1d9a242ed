"""The provider's process without an engine: it answers the engine's verbs, and can be killed at any moment.

The test is the engine: it keeps the state, and what a killed process has not answered is not in it.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from pulumi.dynamic import Config, ConfigureRequest
from pulumi_daytona.hosted import hosted

_POLL_S = 0.02
_LIMIT_S = 60

# A server that forks: the imports are paid once, and the process itself has no threads of the test's.
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(
    [
        __name__,
        "tests.engine.plugin_process",
        *(f"pulumi_daytona.core.resources.{name}" for name in ("sandbox", "snapshot", "volume")),
    ]
)


class KilledError(Exception):
    """The provider was killed, as asked for."""


class VerbError(Exception):
    """The provider said that a verb failed."""


def never() -> bool:
    """Stand for a process that nobody kills."""
    return False


class Provider:
    """Run one provider's process.

    Args:
        kind: The kind of resource, for example ``Sandbox``.
        environment: Where Daytona is, and the key.
        doomed: Tells whether to kill the process now; asked all the time while it works.
        unanswered: The verb whose answer never comes: the process is killed before it is taken.
    """

    def __init__(
        self, kind: str, environment: Mapping[str, str], doomed: Callable[[], bool], unanswered: str
    ) -> None:
        self._doomed = doomed
        self._unanswered = unanswered
        self._pipe, theirs = _forking.Pipe()
        self._process = _forking.Process(target=_serve, args=(theirs, kind, dict(environment)))
        self._process.start()
        theirs.close()

    def call(self, verb: str, *arguments: Any) -> Any:
        """Ask for a verb of ``Hosted``, and return its answer.

        Raises:
            KilledError: It was killed meanwhile.
            VerbError: It failed.
        """
        self._pipe.send((verb, arguments))
        self._watch(lambda: self._pipe.poll(_POLL_S))
        is_answer, answer = self._pipe.recv()
        if not is_answer:
            raise VerbError(answer)
        if verb == self._unanswered:
            raise KilledError
        return answer

    def end(self) -> None:
        """End the process in good order, as the engine does after its last step."""
        self._pipe.send(None)
        self._watch(lambda: self._join(_POLL_S))
        assert 0 == self._process.exitcode

    def kill(self) -> None:
        """Kill the process, which learns nothing of it."""
        self._process.kill()
        self._process.join(_LIMIT_S)
        self._pipe.close()

    def _join(self, seconds: float) -> bool:
        self._process.join(seconds)
        return self._process.exitcode is not None

    def _watch(self, done: Callable[[], bool]) -> None:
        while not done():
            if self._doomed():
                raise KilledError


@dataclass
class Made:
    """Hold what the engine keeps of a resource: its id, its checked inputs, and its state."""

    id: str
    inputs: dict[str, Any]
    state: dict[str, Any]


@dataclass
class Stack:
    """Hold the state of one resource, and do with it what the engine does.

    Args:
        kind: The kind of resource.
        environment: Where Daytona is, and the key.
        front: What starts the provider: the dynamic one's process, or the native plugin's.

    Attributes:
        current: The resource, once it is made.
        replaced: Those that a replacement has still to remove.
    """

    kind: str
    environment: Mapping[str, str]
    front: Callable[..., Any] = Provider
    current: Made | None = None
    replaced: list[Made] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Return the ids that the state has."""
        return [made.id for made in (self.current, *self.replaced) if made is not None]

    def up(
        self,
        inputs: dict[str, Any] | None,
        *,
        force: bool = False,
        doomed: Callable[[], bool] = never,
        unanswered: str = "",
    ) -> None:
        """Bring the resource to what a program says.

        Args:
            inputs: What the program says; None when there is no such resource (any more).
            force: Whether a replacement is forced: the engine tells nothing of what it has then.
            doomed: Tells whether to kill the provider now.
            unanswered: The verb whose answer never comes.

        Raises:
            KilledError: The provider was killed.
        """
        provider: Provider = self.front(self.kind, self.environment, doomed, unanswered)
        try:
            if inputs is None:
                self._remove(provider)
            else:
                self._bring(provider, inputs, force)
            self._remove_replaced(provider)
            provider.end()
        finally:
            provider.kill()

    def _bring(self, provider: Provider, inputs: dict[str, Any], force: bool) -> None:
        old = self.current
        checked = provider.call("check", old.inputs if old and not force else {}, inputs).inputs
        if old is None or force:
            self._create(provider, checked)
            self.replaced += [old] if old else []
            return
        difference = provider.call("diff", old.id, old.state, checked)
        if difference.delete_before_replace:
            self._remove(provider)
        if difference.replaces:
            self._create(provider, checked)
            self.replaced += [] if difference.delete_before_replace else [old]
        elif difference.changes:
            updated = provider.call("update", old.id, old.state, checked)
            self.current = Made(old.id, checked, updated.outs)

    def _create(self, provider: Provider, inputs: dict[str, Any]) -> None:
        made = provider.call("create", inputs)
        self.current = Made(made.id, inputs, made.outs)

    def _remove(self, provider: Provider) -> None:
        if self.current is not None:
            provider.call("delete", self.current.id, self.current.state)
            self.current = None

    def _remove_replaced(self, provider: Provider) -> None:
        while self.replaced:
            provider.call("delete", self.replaced[0].id, self.replaced[0].state)
            self.replaced.pop(0)


def _serve(pipe: Connection, kind: str, environment: dict[str, str]) -> None:
    sys.argv[1:] = []  # the test's own arguments: no engine listens there
    os.environ.update(environment)
    provider = hosted(kind)
    provider.configure(ConfigureRequest(Config({}, "test")))
    while (asked := pipe.recv()) is not None:
        verb, arguments = asked
        try:
            pipe.send((True, getattr(provider, verb)(*arguments)))
        except Exception as error:
            pipe.send((False, f"{type(error).__name__}: {error}"))
