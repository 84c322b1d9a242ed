"""A git repository in a sandbox, used with the sandbox's own git where the API has no operation for it."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from daytona_httpx import AsyncSandbox, DaytonaError, DaytonaNotFoundError

_NO_PROGRAM = 127
_HELPER = (
    '!f() { test "$1" = get || exit 0; '
    'printf "username=%s\\npassword=%s\\n" "$PULUMI_GIT_USERNAME" "$PULUMI_GIT_PASSWORD"; }; f'
)
"""A credential helper of fixed words: what it answers with is in the environment, and kept nowhere."""

_HEADER = re.compile(r"# branch\.(oid|head) (.+)")


@dataclass(frozen=True)
class Login:
    """Hold the credentials for a repository; git sends them to its host only."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Head:
    """Hold what is checked out.

    Args:
        revision: The commit.
        branch: The branch, None when a commit is checked out by itself.
        dirty: Whether there are files that no commit has.
    """

    revision: str
    branch: str | None
    dirty: bool


class Repository:
    """Use one repository.

    Args:
        sandbox: The sandbox, started.
        path: Its folder.
        url: Where it was cloned from.
        login: The credentials for that.
    """

    def __init__(self, sandbox: AsyncSandbox, path: str, url: str = "", login: Login | None = None) -> None:
        self._sandbox = sandbox
        self._path = path
        self._url = url
        self._login = login

    async def clone(self, branch: str | None, commit: str | None, depth: int | None) -> None:
        """Clone it and check out a branch or a commit."""
        username = self._login.username if self._login else None
        password = self._login.password if self._login else None
        await self._sandbox.git.clone(
            self._url, self._path, branch, commit, username, password, depth=depth, request_timeout=0
        )

    async def origin(self) -> str | None:
        """Return where the repository that is there was cloned from, None when there is no repository."""
        code, said = await self._attempt("config", "--get", "remote.origin.url")
        return said if code == 0 else None

    async def head(self) -> Head | None:
        """Return what is checked out, None when there is no repository, or nothing in it.

        Raises:
            DaytonaError: It is there, and can't be read.
        """
        code, said = await self._attempt("status", "--porcelain=v2", "--branch")
        if code != 0:
            if await self._is_there():
                raise self._failure("status", code, said)
            return None
        lines = said.splitlines()
        headers = {found[1]: found[2] for found in map(_HEADER.fullmatch, lines) if found}
        branch = headers.get("head", "")
        dirty = any(not line.startswith("# ") for line in lines)
        revision = headers.get("oid", "")
        return Head(revision, None if branch == "(detached)" else branch, dirty) if revision else None

    async def check_out_commit(self, commit: str, depth: int | None) -> None:
        """Check out a commit, which is fetched when it isn't there."""
        if not await self._has(commit):
            await self._fetch(depth)
        if not await self._has(commit):
            await self._fetch(depth, commit)
        await self._run("checkout", "--quiet", "--detach", commit)

    async def check_out_branch(self, branch: str, depth: int | None) -> None:
        """Check out a branch, and bring it to where the remote one is.

        Raises:
            DaytonaError: It has commits of its own, or changes that would be lost.
        """
        await self._fetch(depth, f"+refs/heads/{branch}:refs/remotes/origin/{branch}")
        code, _ = await self._attempt("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
        if code == 0:
            await self._run("checkout", "--quiet", branch, "--")
            await self._run("merge", "--quiet", "--ff-only", f"refs/remotes/origin/{branch}")
        else:
            await self._run("checkout", "--quiet", "-b", branch, "--track", f"origin/{branch}")

    async def _has(self, commit: str) -> bool:
        return (await self._attempt("cat-file", "-e", f"{commit}^{{commit}}"))[0] == 0

    async def _fetch(self, depth: int | None, *refs: str) -> None:
        options = [f"--depth={depth}"] if depth else []
        await self._run("fetch", "--quiet", *options, "origin", *refs)

    async def _is_there(self) -> bool:
        try:
            await self._sandbox.fs.get_file_info(f"{self._path}/.git")
        except DaytonaNotFoundError:
            return False
        return True

    async def _run(self, *words: str) -> None:
        code, said = await self._attempt(*words)
        if code != 0:
            raise self._failure(words[0], code, said)

    async def _attempt(self, *words: str) -> tuple[int, str]:
        """Run git on this very repository, and never on one further up; return its exit code and output."""
        place = ("-C", self._path, "--git-dir=.git", "--work-tree=.")
        done = await self._sandbox.process.exec(shlex.join(("git", *place, *words)), env=self._environment())
        if done.exit_code == _NO_PROGRAM:
            raise DaytonaError("the sandbox has no git; use a snapshot or an image that has it")
        return done.exit_code, done.result.strip()

    def _environment(self) -> dict[str, str]:
        settings = [("safe.directory", "*"), ("core.quotePath", "false")]
        env = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": ""}
        if self._login is not None:
            settings += [("credential.helper", ""), (f"credential.{_host(self._url)}.helper", _HELPER)]
            env |= {"PULUMI_GIT_USERNAME": self._login.username, "PULUMI_GIT_PASSWORD": self._login.password}
        for number, (key, value) in enumerate(settings):
            env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return env | {"GIT_CONFIG_COUNT": str(len(settings))}

    def _failure(self, verb: str, code: int, said: str) -> DaytonaError:
        words = " ".join(said.split()) or f"exit code {code}"
        if self._login is not None and self._login.password:
            words = words.replace(self._login.password, "[secret]")
        return DaytonaError(f"git {verb}: {words}")


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
