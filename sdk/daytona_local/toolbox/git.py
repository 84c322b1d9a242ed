"""A git repository inside a sandbox: its files, commits and branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daytona_local.errors import ConflictError, InvalidError
from daytona_local.toolbox.git_program import GitProgram, plain
from daytona_local.toolbox.git_status import Status, parse_status
from daytona_local.toolbox.running import Running

_RESETS = frozenset({"soft", "mixed", "hard", "merge", "keep"})
_LOG = "--format=%H%x00%an%x00%ae%x00%aI%x00%B%x00"


@dataclass(frozen=True)
class Commit:
    """Hold one commit of the history; the time is RFC 3339."""

    hash: str
    author: str
    email: str
    timestamp: str
    message: str


class Repository:
    """Use one repository.

    Args:
        running: The sandbox.
        path: The repository's folder; a relative one starts from the home.

    Every method raises a RefusedError when git refuses, with the code of the API where there is one.
    """

    def __init__(self, running: Running, path: str) -> None:
        if not path:
            raise InvalidError("the path of the repository is empty; pass its folder")
        self.path = path
        self.git = GitProgram(running, path)
        self._outside = GitProgram(running)

    async def init(self, bare: bool = False, initial_branch: str | None = None) -> None:
        """Make a new repository.

        Raises:
            ConflictError: There is one already.
        """
        found = await self.git.attempt("rev-parse", "--git-dir")
        if found.exit_code == 0 and found.stdout.strip() in (b".git", b"."):
            raise ConflictError(f"init repository: {self.path} is one already; choose another folder")
        options = ["--bare"] if bare else []
        options += [f"--initial-branch={initial_branch}"] if initial_branch else []
        await self._outside.run("init repository", "init", "--quiet", *options, "--", self.path)

    async def status(self) -> Status:
        """Return the branch, how it stands to its upstream, and the files that differ."""
        words = ("status", "--porcelain=v2", "--branch", "--untracked-files=all", "-z")
        return parse_status(await self.git.run("get status", *words))

    async def add(self, files: Sequence[str]) -> None:
        """Take files into the index; ``.`` is all of them."""
        await self.git.run("add files", "add", "--", *files)

    async def commit(self, message: str, author: str, email: str, allow_empty: bool = False) -> str:
        """Commit the index, and return the commit's hash."""
        who = [
            (f"GIT_{role}_{field}", value)
            for role in ("AUTHOR", "COMMITTER")
            for field, value in (("NAME", author), ("EMAIL", email))
        ]
        options = ["--allow-empty"] if allow_empty else []
        words = ("commit", "--quiet", "--file=-", *options)
        await self.git.run("commit changes", *words, env=who, given=message.encode(errors="replace"))
        return (await self.git.run("commit changes", "rev-parse", "HEAD")).decode().strip()

    async def history(self) -> list[Commit]:
        """Return the commits that the current branch leads to, the newest first."""
        head = await self.git.attempt("rev-parse", "--verify", "--quiet", "HEAD")
        if head.exit_code == 1:
            return []  # a branch without commits
        said = await self.git.run("get history", "log", "-z", _LOG, "--")
        fields = said.decode(errors="replace").split("\0")
        rows = [fields[start : start + 5] for start in range(0, len(fields) - 5, 6)]
        return [Commit(made, author, email, at, text.rstrip("\n")) for made, author, email, at, text in rows]

    async def branches(self) -> list[str]:
        """Return the names of the local branches."""
        words = ("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
        return (await self.git.run("list branches", *words)).decode(errors="replace").splitlines()

    async def current_branch(self) -> str:
        """Return the branch that is checked out; empty when none is."""
        done = await self.git.attempt("symbolic-ref", "--quiet", "--short", "HEAD")
        return done.stdout.decode(errors="replace").strip()

    async def create_branch(self, name: str) -> None:
        """Make a branch where HEAD is, and check it out, as Daytona does."""
        await self.git.run("create branch", "checkout", "--quiet", "-b", plain("branch name", name), "--")

    async def delete_branch(self, name: str) -> None:
        """Delete a branch, merged or not."""
        await self.git.run("delete branch", "branch", "--quiet", "-D", "--", plain("branch name", name))

    async def checkout(self, name: str) -> None:
        """Check out a branch, or a commit without a branch."""
        await self.git.run("checkout", "checkout", "--quiet", plain("branch or commit", name), "--")

    async def reset(
        self, mode: str | None = None, target: str | None = None, files: Sequence[str] | None = None
    ) -> None:
        """Move the branch to a commit, or only take files of the index back to it.

        Args:
            mode: soft, mixed (the default), hard, merge or keep.
            target: A revision, HEAD by default.
            files: Only these; then the mode must be mixed.
        """
        if mode and mode not in _RESETS:
            raise InvalidError(f"reset: {mode!r} is no mode; use one of {', '.join(sorted(_RESETS))}")
        revision = plain("revision", target or "HEAD")
        if not files:
            await self.git.run("reset", "reset", "--quiet", f"--{mode or 'mixed'}", revision, "--")
        elif mode in (None, "", "mixed"):
            await self.git.run("reset", "reset", "--quiet", revision, "--", *files)
        else:
            raise InvalidError(f"reset: files can't be reset in {mode} mode; leave the mode out")

    async def restore(
        self,
        files: Sequence[str],
        staged: bool | None = None,
        worktree: bool | None = None,
        source: str | None = None,
    ) -> None:
        """Take files back to the index, or to a revision.

        Args:
            files: Which ones.
            staged: Whether those in the index.
            worktree: Whether those in the folder; the default when ``staged`` isn't set.
            source: The revision; the index by default, or HEAD for those in the index.
        """
        options = ["--staged"] if staged else []
        options += ["--worktree"] if worktree else []
        options += [f"--source={source}"] if source else []
        await self.git.run("restore files", "restore", "--quiet", *options, "--", *files)
