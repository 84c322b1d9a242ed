# Generated from _async by `make generate`; do not edit.
"""What a sandbox is: its attributes as last answered, and the calls that change them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any, Self

from pydantic import PrivateAttr

from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx._sync.transport import Transport
from daytona_httpx._sync.watcher import Watcher, Record
from daytona_httpx.answers import object_of
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import (
    DaytonaBadRequestError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    prefixed,
)
from daytona_httpx.models.base import parse
from daytona_httpx.models.sandbox import SandboxDto, SandboxState


class SandboxRecord(SandboxDto):
    """Hold a sandbox's attributes, and bring them up to date."""

    _transport: Transport = PrivateAttr()
    _watcher: Watcher = PrivateAttr()
    _toolbox: Toolbox = PrivateAttr()

    @classmethod
    def _of(cls, answer: Any, transport: Transport, watcher: Watcher) -> Self:
        sandbox = parse(cls, answer)
        sandbox._transport, sandbox._watcher = transport, watcher
        sandbox._toolbox = Toolbox(sandbox.id, sandbox.toolbox_proxy_url, transport)
        return sandbox

    @property
    def data(self) -> SandboxDto:
        """Return the attributes alone, as the API sent them last."""
        return SandboxDto.model_validate(self.model_dump(by_alias=True))

    def refresh_data(self, request_timeout: float | None = None) -> None:
        """Read the attributes anew (get sandbox).

        Args:
            request_timeout: Seconds for the request; 0 is no limit, None the default of 90.
        """
        with prefixed("Failed to refresh sandbox data: "):
            self._take(self._call("GET", "", self._transport.request_deadline(request_timeout)))

    def _call(self, method: str, path: str, deadline: Deadline | None = None, **options: Any) -> Any:
        return self._transport.api(method, f"/sandbox/{self.id}{path}", deadline, **options)

    def _change(self, method: str, path: str, request_timeout: float | None = None, **options: Any) -> None:
        """Change a setting and take over what the answer says."""
        deadline = self._transport.request_deadline(request_timeout)
        self._take(self._call(method, path, deadline, **options))

    def _order(self, method: str, path: str, deadline: Deadline, reached: Set[str], **options: Any) -> None:
        """Order a change of state.

        A repeated order may be refused because an earlier one, ours or another's, was carried out:
        then what counts is where the sandbox is.
        """
        try:
            self._take(self._call(method, path, deadline, **options))
        except (DaytonaBadRequestError, DaytonaNotFoundError) as error:
            if error.attempts == 1 or not self._is_in(reached, deadline):
                raise

    def _is_in(self, states: Set[str], deadline: Deadline) -> bool:
        try:
            self._take(self._call("GET", "", deadline))
        except DaytonaNotFoundError:
            self.state = SandboxState.DESTROYED
        return self.state in states

    @contextmanager
    def _within(self, verb: str, timeout: float | None) -> Iterator[Deadline]:
        """Give an operation its deadline, and say which operation it was when the time runs out."""
        deadline = self._transport.deadline(timeout)
        with self._timed(verb, deadline):
            yield deadline

    @contextmanager
    def _timed(self, verb: str, deadline: Deadline, hint: str = "") -> Iterator[None]:
        try:
            yield
        except DaytonaTimeoutError as error:
            if not deadline.is_over:
                raise
            period = f"the {deadline.timeout} seconds timeout period"
            raise DaytonaTimeoutError(f"Sandbox {self.id} failed to {verb} within {period}{hint}") from error

    def _take(self, answer: Any) -> None:
        """Take over what an answer says of the sandbox; some answers leave fields out."""
        known: Record = self.model_dump(by_alias=True)
        fresh = parse(SandboxDto, {**known, **object_of(answer)})
        self.__dict__.update(fresh.__dict__)
        if self.__pydantic_extra__ is not None:
            self.__pydantic_extra__.update(fresh.__pydantic_extra__ or {})
        self._toolbox.proxy_url = self.toolbox_proxy_url or self._toolbox.proxy_url
