"""The commands that are killed, and every request of theirs: a kill at each is a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from daytona_local.settings import DEFAULT_SNAPSHOT

Inputs = dict[str, Any]

OWNER = "organization/urn:pulumi:dev::test::pulumi-python:dynamic/daytona:{kind}::{name}"
BOX: Inputs = {"owner": OWNER.format(kind="Sandbox", name="box"), "labels": {"team": "a"}}
CHANGED: Inputs = {**BOX, "labels": {"team": "b"}, "auto_stop_interval": 60, "public": True}
OTHER: Inputs = {**BOX, "env": {"GREETING": "hello"}}
LIVED: Inputs = {**BOX, "ttl_minutes": 600}
DATA: Inputs = {"owner": OWNER.format(kind="Volume", name="data")}
SNAP: Inputs = {"owner": OWNER.format(kind="Snapshot", name="snap"), "image": DEFAULT_SNAPSHOT}
SOURCE = "source"
"""The name of the sandbox that snapshots are taken of."""

SHOT: Inputs = {"owner": OWNER.format(kind="SandboxSnapshot", name="shot"), "sandbox_id": SOURCE}

WORD: Inputs = {"owner": OWNER.format(kind="Secret", name="word"), "value": "x"}
KEY: Inputs = {"owner": OWNER.format(kind="ApiKey", name="key"), "permissions": ["write:sandboxes"]}
HUB: Inputs = {
    "owner": OWNER.format(kind="DockerRegistry", name="hub"),
    "url": "https://registry.example.org",
    "username": "u",
    "password": "p",
    "project": "x",
}
POOL: Inputs = {"owner": OWNER.format(kind="WarmPool", name="pool"), "snapshot": DEFAULT_SNAPSHOT, "pool": 1}
HERE: Inputs = {"owner": OWNER.format(kind="Region", name="here")}

_BORN = ("POST /sandbox", "POST /sandbox/*/ttl/0")
_SECOND = ("POST /sandbox", "GET /sandbox/*", *_BORN)
_DIES = ("GET /sandbox/*", "DELETE /sandbox/*", "GET /sandbox/*")
_MARK = "PUT /sandbox/*/labels"
_DATA_BORN = ("GET /volumes/by-name/*", "POST /volumes", "GET /volumes/*")
_DATA_DIES = ("GET /volumes/*", "DELETE /volumes/*", "GET /volumes/*")
_SNAP_BORN = ("GET /snapshots/*", "POST /snapshots", "GET /snapshots/*")
_SNAP_DIES = ("GET /snapshots/*", "DELETE /snapshots/*", "GET /snapshots/*")
_SHOT_BORN = (
    f"GET /sandbox/{SOURCE}", "GET /snapshots/*", "GET /sandbox/*", "GET /snapshots/*",
    "POST /sandbox/*/snapshot", "GET /sandbox/*", "GET /snapshots/*",
)  # fmt: skip


@dataclass(frozen=True)
class Command:
    """Say what a command finds, what its program says, and what it asks.

    Args:
        kind: The kind of resource.
        before: What there is before; None for nothing.
        after: What the program says; None for a destroy.
        requests: All its requests in their order; the same one again and again is one.
        verb: The verb whose answer may be lost.
        force: Whether a replacement is forced.
    """

    kind: str
    before: Inputs | None
    after: Inputs | None
    requests: Sequence[str]
    verb: str
    force: bool = False


COMMANDS = {
    "create": Command("Sandbox", None, BOX, (*_BORN, _MARK), "create"),
    "create with a ttl": Command("Sandbox", None, LIVED, (_BORN[0], "GET /sandbox/*", _MARK), "create"),
    "delete": Command("Sandbox", BOX, None, _DIES, "delete"),
    "update": Command(
        "Sandbox",
        BOX,
        CHANGED,
        ("GET /sandbox/*", _MARK, "POST /sandbox/*/autostop/60", "POST /sandbox/*/public/true",
         "GET /sandbox/*"),
        "update",
    ),
    "replace": Command("Sandbox", BOX, OTHER, (*_SECOND, *_DIES, _MARK), "create"),
    "replace under a fixed name": Command(
        "Sandbox", {**BOX, "name": "fixed"}, {**OTHER, "name": "fixed"}, (*_DIES, *_BORN, _MARK), "create"
    ),
    "forced replace": Command("Sandbox", BOX, BOX, (*_SECOND, *_DIES, _MARK), "create", force=True),
    "create a volume": Command("Volume", None, DATA, _DATA_BORN, "create"),
    "delete a volume": Command("Volume", DATA, None, _DATA_DIES, "delete"),
    "forced replace of a volume": Command(
        "Volume", DATA, DATA, ("GET /volumes/by-name/*",), "create", force=True
    ),
    "create a snapshot": Command("Snapshot", None, SNAP, _SNAP_BORN, "create"),
    "delete a snapshot": Command("Snapshot", SNAP, None, _SNAP_DIES, "delete"),
    "update a snapshot": Command(
        "Snapshot",
        SNAP,
        {**SNAP, "state": "inactive"},
        ("GET /snapshots/*", "POST /snapshots/*/deactivate", "GET /snapshots/*"),
        "update",
    ),
    "replace a snapshot": Command(
        "Snapshot", SNAP, {**SNAP, "entrypoint": ["sleep", "9"]}, (*_SNAP_BORN, *_SNAP_DIES), "create"
    ),
    "forced replace of a snapshot": Command(
        "Snapshot", SNAP, SNAP, ("GET /snapshots/*",), "create", force=True
    ),
    "take a snapshot": Command("SandboxSnapshot", None, SHOT, _SHOT_BORN, "create"),
    "delete what was taken": Command("SandboxSnapshot", SHOT, None, _SNAP_DIES, "delete"),
    "take a snapshot anew": Command(
        "SandboxSnapshot", SHOT, {**SHOT, "triggers": ["two"]}, (*_SHOT_BORN, *_SNAP_DIES), "create"
    ),
    "create a secret": Command("Secret", None, WORD, ("GET /secret/paginated", "POST /secret"), "create"),
    "delete a secret": Command("Secret", WORD, None, ("DELETE /secret/*",), "delete"),
    "create a key": Command("ApiKey", None, KEY, ("GET /api-keys/*", "POST /api-keys"), "create"),
    "delete a key": Command("ApiKey", KEY, None, ("DELETE /api-keys/*",), "delete"),
    "create a registry": Command(
        "DockerRegistry", None, HUB, ("GET /docker-registry", "POST /docker-registry"), "create"
    ),
    "delete a registry": Command("DockerRegistry", HUB, None, ("DELETE /docker-registry/*",), "delete"),
    "create a pool": Command(
        "WarmPool", None, POOL, ("GET /snapshots", "GET /warm-pools", "POST /warm-pools"), "create"
    ),
    "delete a pool": Command("WarmPool", POOL, None, ("DELETE /warm-pools/*",), "delete"),
    "create a region": Command(
        "Region", None, HERE, ("GET /regions", "POST /regions", "GET /regions/*"), "create"
    ),
    "delete a region": Command("Region", HERE, None, ("DELETE /regions/*",), "delete"),
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """Name one request of a command, at which it is killed.

    Args:
        command: The command's name.
        number: The request's number.
        way: Whether the request is ``lost``, or ``late``: carried out, and nobody hears of it.
    """

    command: str
    number: int
    way: str = "lost"

    def __str__(self) -> str:
        """Return what a failure is named by."""
        return f"{self.command}-{self.number}-{COMMANDS[self.command].requests[self.number]}-{self.way}"

    @property
    def fault(self) -> dict[str, Any]:
        """Return the fault that holds the request until who sent it is dead."""
        method, path = COMMANDS[self.command].requests[self.number].split()
        lost = {"drop": "before"} if self.way == "lost" else {}
        return {"method": method, "path": f"/api{path}", "skip": self.skip, "hold": True, **lost}

    @property
    def skip(self) -> int:
        """Return how many requests before it look the same."""
        return self.of(COMMANDS[self.command].requests[: self.number])

    def of(self, requests: Sequence[str]) -> int:
        """Return how many of some requests are this one, or look the same."""
        pattern = COMMANDS[self.command].requests[self.number]
        return sum(fnmatchcase(each, pattern) for each in requests)


def points() -> Iterator[Point]:
    """Yield every boundary between two requests of every command: the later one is lost.

    An earlier one that is late leaves the same behind, unless the engine heard of a verb's end in between.
    """
    for name, command in COMMANDS.items():
        for number in range(len(command.requests)):
            yield Point(name, number)
