"""Why git failed, found in git's own words, which are English under ``LC_ALL=C``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daytona_local.errors import (
    ConflictError,
    FailedError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    RefusedError,
    UnauthorizedError,
    UnprocessableError,
    UnreachableError,
)

MOST_CHARACTERS = 500

_USERINFO = re.compile(r"(?<=://)[^/@\s'\"]+@")
_TELLING = re.compile(r"^\s*(?:fatal|error|! |CONFLICT|nothing |Aborting)")
_PREFIX = re.compile(r"^(?:(?:fatal|error|remote): )+")


@dataclass(frozen=True)
class _Kind:
    """Tie words of git to a refusal, its code in the API, and what to do next."""

    words: re.Pattern[str]
    refusal: type[RefusedError]
    code: str | None
    advice: str


def _kind(words: str, refusal: type[RefusedError], code: str | None, advice: str) -> _Kind:
    return _Kind(re.compile(words, re.IGNORECASE | re.MULTILINE), refusal, code, advice)


_KINDS = (
    _kind(
        r"authentication failed|could not read (?:username|password)|terminal prompts disabled"
        r"|permission denied \(|host key verification failed|returned error: 401",
        UnauthorizedError, "GIT_AUTH_FAILED", "pass a username and password that the remote accepts",
    ),
    _kind(
        r"returned error: 403",
        ForbiddenError, "GIT_AUTH_FAILED", "use credentials that may do this",
    ),
    _kind(
        r"\[remote rejected\]|remote unpack failed",
        UnprocessableError, "GIT_REMOTE_REJECTED", "see the remote's rules for this branch",
    ),
    _kind(
        r"\[rejected\]|non-fast-forward|stale info",
        ConflictError, "GIT_PUSH_REJECTED", "pull first, then push again",
    ),
    _kind(
        r"^CONFLICT |automatic merge failed|unmerged files|needs merge|not concluded your merge"
        r"|resolve your current index",
        ConflictError, "GIT_MERGE_CONFLICT", "resolve the conflicts, add the files and commit",
    ),
    _kind(
        r"would be overwritten by|commit your changes or stash|not uptodate\. cannot",
        ConflictError, "GIT_DIRTY_WORKTREE", "commit or restore the changed files first",
    ),
    _kind(
        r"a branch named .* already exists",
        ConflictError, "GIT_BRANCH_EXISTS", "choose another name, or delete that branch first",
    ),
    _kind(
        r"remote branch .* not found|couldn't find remote ref|src refspec .* does not match any"
        r"|branch '.*' not found|invalid reference|unknown revision|bad revision|failed to resolve"
        r"|could not resolve \S+$|not our ref|reference is not a tree|no such ref was fetched"
        r"|not a commit|could not parse object|unable to read tree",
        NotFoundError, "GIT_BRANCH_NOT_FOUND", "check the name of the branch or commit",
    ),
    _kind(
        r"not a git repository|repository '.*' (?:not found|does not exist)|repository not found"
        r"|does not appear to be a git repository|cannot change to '|returned error: 404",
        NotFoundError, "GIT_REPO_NOT_FOUND", "check the path or address",
    ),
    _kind(
        r"transport '.*' not allowed|remote helper",
        InvalidError, None, "use an http, https, ssh, git or file address",
    ),
    _kind(
        r"unable to access|could not resolve host|failed to connect|connection (?:refused|reset|timed out)"
        r"|network is unreachable|could not read from remote|early eof|rpc failed|hung up",
        UnreachableError, "GIT_TRANSPORT_FAILED", "check the address, and that the sandbox has a network",
    ),
    _kind(
        r"already exists and is not an empty directory|remote .* already exists",
        ConflictError, None, "choose another one, or remove what is there",
    ),
    _kind(
        r"tell me who you are|unable to auto-detect email|empty ident name",
        InvalidError, None, "set a name and an email in the git config first",
    ),
    _kind(
        r"did not match any|not a valid|invalid|nothing (?:to|added to) commit|empty commit message"
        r"|cannot delete branch|not a positive number|does not contain a section|you are not currently on"
        r"|unable to push to unqualified|not currently on any branch|must be run in a work tree"
        r"|cannot do .* reset with paths|is outside repository|no such section|paths are ignored",
        InvalidError, None, "correct the request",
    ),
)  # fmt: skip


def refusal(doing: str, exit_code: int, said: str, secret: str = "") -> RefusedError:
    """Return the refusal that git's words stand for.

    Args:
        doing: What was being done.
        exit_code: How git ended.
        said: What it said on both streams.
        secret: A password, which no message may show.
    """
    lines = without_secrets(said, secret).splitlines()
    own = [line for line in lines if not line.startswith("remote:")]
    reason = _reason(own, lines) or f"git ended with exit code {exit_code}"
    for kind in _KINDS:
        if kind.words.search("\n".join(own)):
            return kind.refusal(f"{doing}: {reason}; {kind.advice}", kind.code)
    return FailedError(f"{doing}: {reason}")


def without_secrets(text: str, secret: str = "") -> str:
    """Return a text without a password and without what precedes the host in an address."""
    text = _USERINFO.sub("", text)
    return text.replace(secret, "***") if secret else text


def _reason(own: list[str], lines: list[str]) -> str:
    """Return what git itself says, and the first line of what the remote says."""
    telling = [line for line in own if _TELLING.match(line)]
    telling += [line for line in lines if line.startswith("remote: ")][:1]
    reason = ", ".join(_PREFIX.sub("", line.strip()) for line in telling)
    return " ".join(reason.split())[:MOST_CHARACTERS].rstrip(".,: ")
