"""What ``git status --porcelain=v2 --branch -z`` says, in the API's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

UNMERGED = "Updated but unmerged"

_WORDS = {
    ".": "Unmodified",
    "M": "Modified",
    "T": "Modified",
    "A": "Added",
    "D": "Deleted",
    "R": "Renamed",
    "C": "Copied",
    "U": UNMERGED,
}
_FIELDS_BEFORE_PATH = {"1": 8, "2": 9, "u": 10}


@dataclass
class Status:
    """Hold the state of a repository.

    Attributes:
        branch: The branch that is checked out; ``HEAD`` when none is.
        detached: Whether none is.
        upstream: The branch that it follows, such as ``origin/main``; empty when there is none.
        ahead: How many commits the upstream lacks.
        behind: How many commits of the upstream are missing here.
        files: The files that differ, in the API's form.
    """

    branch: str = ""
    detached: bool = False
    upstream: str = ""
    ahead: int = 0
    behind: int = 0
    files: list[dict[str, str]] = field(default_factory=list)

    @property
    def wire(self) -> dict[str, Any]:
        """Return it in the API's form."""
        return {
            "currentBranch": self.branch,
            "detached": self.detached,
            "upstream": self.upstream,
            "branchPublished": bool(self.upstream),
            "ahead": self.ahead,
            "behind": self.behind,
            "fileStatus": self.files,
        }


def parse_status(said: bytes) -> Status:
    """Return what git said."""
    status = Status()
    entries = iter(said.decode(errors="replace").split("\0"))
    for entry in entries:
        if entry.startswith("# "):
            _take_header(status, entry[2:])
        elif entry:
            status.files.append(_file(entry, entries))
    return status


def _take_header(status: Status, header: str) -> None:
    name, _, value = header.partition(" ")
    if name == "branch.head":
        status.detached = value == "(detached)"
        status.branch = "HEAD" if status.detached else value
    elif name == "branch.upstream":
        status.upstream = value
    elif name == "branch.ab":
        ahead, behind = value.split()
        status.ahead, status.behind = int(ahead), -int(behind)


def _file(entry: str, following: Iterator[str]) -> dict[str, str]:
    kind = entry[0]
    if kind == "?":
        return _described(entry[2:], "Untracked", "Untracked")
    *fields, path = entry.split(" ", _FIELDS_BEFORE_PATH[kind])
    if kind == "u":
        return _described(path, UNMERGED, UNMERGED)
    old_path = next(following) if kind == "2" else ""
    states = fields[1]
    return _described(path, _WORDS[states[0]], _WORDS[states[1]], old_path)


def _described(name: str, staging: str, worktree: str, extra: str = "") -> dict[str, str]:
    return {"name": name, "extra": extra, "staging": staging, "worktree": worktree}
