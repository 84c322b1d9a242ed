"""Faults on demand, for the tests of programs that must live with them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from daytona_local.records import Sandbox, new_id


class Fault(BaseModel):
    """Say what goes wrong, for which requests, and how often.

    Args:
        method: The HTTP method; any by default.
        path: The path, with ``*`` for any text, such as ``/api/sandbox/*/start``.
        count: How many requests it meets; 0 is all.
        skip: How many matching requests go well before.
        status: Answered instead of doing anything.
        message: What the refusal says.
        headers: Headers of the refusal, such as ``Retry-After``.
        hold: Keep the request until its sender is gone, before anything else.
        delay_s: Seconds that the request waits before anything else.
        drop: Cut the connection: ``before`` anything is done, or ``after``, when only the answer is lost.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(default_factory=new_id)
    method: str = "*"
    path: str = "*"
    count: int = Field(default=1, ge=0)
    skip: int = Field(default=0, ge=0)
    status: int | None = Field(default=None, ge=400, le=599)
    message: str = "a fault that was asked for"
    headers: dict[str, str] = {}
    hold: bool = False
    delay_s: float = Field(default=0.0, ge=0, le=600)
    drop: Literal["before", "after"] | None = None
    met: int = 0

    def meets(self, method: str, path: str) -> bool:
        """Tell whether a request is one that this fault is for."""
        return self.method in ("*", method) and fnmatch.fnmatchcase(path, self.path)


class SandboxFault(BaseModel):
    """Say which step of which sandboxes fails.

    Args:
        step: ``boot``, ``stop``, ``archive`` or ``destroy``.
        name: The sandbox's name, with ``*`` for any text.
        reason: Its error reason afterwards.
        recoverable: Whether it can be recovered.
        count: How many steps fail; 0 is all.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(default_factory=new_id)
    step: Literal["boot", "stop", "archive", "destroy"] = "boot"
    name: str = "*"
    reason: str = "a fault that was asked for"
    recoverable: bool = False
    count: int = Field(default=1, ge=0)
    met: int = 0


class Faults:
    """Keep the faults that were asked for; none of them survives the server."""

    def __init__(self) -> None:
        self._requests: list[Fault] = []
        self._sandboxes: list[SandboxFault] = []

    def __iter__(self) -> Iterator[Fault | SandboxFault]:
        """Yield every fault that is still to come."""
        return iter([*self._requests, *self._sandboxes])

    def add(self, fault: Fault | SandboxFault) -> None:
        """Ask for a fault."""
        if isinstance(fault, Fault):
            self._requests.append(fault)
        else:
            self._sandboxes.append(fault)

    def clear(self) -> None:
        """Let everything go well again."""
        self._requests.clear()
        self._sandboxes.clear()

    def of_request(self, method: str, path: str) -> Fault | None:
        """Return the fault that a request meets, and count it."""
        for fault in self._requests:
            if not fault.meets(method, path):
                continue
            fault.met += 1
            if fault.met <= fault.skip:
                continue
            if fault.count and fault.met == fault.skip + fault.count:
                self._requests.remove(fault)
            return fault
        return None

    def of_step(self, step: str, sandbox: Sandbox) -> SandboxFault | None:
        """Return the fault that a sandbox's step meets, and count it."""
        for fault in self._sandboxes:
            if fault.step == step and fnmatch.fnmatchcase(sandbox.name, fault.name):
                fault.met += 1
                if fault.count and fault.met == fault.count:
                    self._sandboxes.remove(fault)
                return fault
        return None
