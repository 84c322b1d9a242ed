"""Remote repositories of those inside a sandbox: clone, push, pull."""

from __future__ import annotations

from daytona_local.errors import ConflictError, InvalidError, RefusedError
from daytona_local.runtime import AgentError
from daytona_local.toolbox.git import Repository
from daytona_local.toolbox.git_program import Address, GitProgram, Login, plain
from daytona_local.toolbox.running import Running

_REMOTE_URL = r"^remote\..*\.url$"


class Remotes:
    """Use the remote repositories of one repository.

    Args:
        repository: The local one.

    Every method raises a RefusedError when git refuses, with the code of the API where there is one.
    Credentials are handed to git for one operation and one host, and are kept nowhere.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._git = repository.git

    async def list(self) -> list[tuple[str, str]]:
        """Return the name and address of each."""
        await self._git.run("list remotes", "rev-parse", "--git-dir")
        done = await self._git.attempt("config", "--local", "-z", "--get-regexp", _REMOTE_URL)
        entries = done.stdout.decode(errors="replace").split("\0")[:-1]
        pairs = (entry.partition("\n") for entry in entries)
        return [(key.removeprefix("remote.").removesuffix(".url"), url) for key, _, url in pairs]

    async def add(self, name: str, url: str, fetch: bool = False, overwrite: bool = False) -> None:
        """Add one.

        Args:
            name: How it is called here.
            url: Its address; it can't hold a password, since everyone who reads the config would see it.
            fetch: Whether to fetch from it at once.
            overwrite: Whether one of that name gets this address.

        Raises:
            ConflictError: There is one of that name.
        """
        plain("name of a remote", name)
        if Address.parse(url).password is not None:
            raise InvalidError(
                "add remote: the address holds a password; leave it out, and pass it to push and pull"
            )
        exists = name in dict(await self.list())
        if exists and not overwrite:
            raise ConflictError(f"add remote: {name} exists; choose another name, or ask for overwrite")
        verb = ["set-url"] if exists else ["add"]
        await self._git.run("add remote", "remote", *verb, "--", name, url)
        if fetch:
            await self._git.run("fetch from the new remote", "fetch", "--quiet", "--", name)

    async def push(
        self,
        branch: str | None = None,
        remote: str | None = None,
        set_upstream: bool = False,
        username: str | None = None,
        password: str | None = None,
    ) -> None:
        """Push a branch, the current one by default, to a remote, ``origin`` by default."""
        where, login = await self._reach(remote or "origin", username, password, "--push")
        name = f"refs/heads/{plain('branch name', branch)}" if branch else "HEAD"
        options = ["--set-upstream"] if set_upstream else []
        refspec = f"{name}:{name}" if branch else name
        await self._git.run("push", "push", *options, "--", where, refspec, login=login)

    async def pull(
        self,
        branch: str | None = None,
        remote: str | None = None,
        username: str | None = None,
        password: str | None = None,
    ) -> None:
        """Fetch from a remote, ``origin`` by default, and merge.

        The branch is by default the one that the current branch follows, or else the one of its name.
        """
        remote = remote or "origin"
        where, login = await self._reach(remote, username, password)
        name = plain("branch name", branch) if branch else await self._followed(remote)
        words = ("pull", "--quiet", "--no-rebase", "--", where, name)
        await self._git.run("pull", *words, login=login)

    async def _followed(self, remote: str) -> str:
        current = await self._repository.current_branch()
        if not current:
            raise InvalidError("pull: no branch is checked out; check one out, or name the branch to pull")
        values = [await self._setting(f"branch.{current}.{name}") for name in ("remote", "merge")]
        return values[1] if values[0] == remote and values[1] else current

    async def _setting(self, key: str) -> str:
        return (await self._git.attempt("config", "--get", key)).stdout.decode(errors="replace").strip()

    async def _reach(
        self, remote: str, username: str | None, password: str | None, *options: str
    ) -> tuple[str, Login | None]:
        """Return what to tell git of a remote, and the credentials for its host."""
        plain("remote", remote)
        done = await self._git.attempt("remote", "get-url", *options, "--", remote)
        known = done.stdout.decode(errors="replace").strip() if done.exit_code == 0 else ""
        address = Address.parse(known or remote)
        return remote if known else address.url, address.login(username, password)


async def clone(
    running: Running,
    url: str,
    path: str,
    *,
    branch: str | None = None,
    commit_id: str | None = None,
    depth: int | None = None,
    insecure_skip_tls: bool = False,
    username: str | None = None,
    password: str | None = None,
) -> None:
    """Clone a repository, and check out a commit of it if one is given.

    Args:
        running: The sandbox.
        url: Its address. Credentials in it are used for this clone, and aren't kept.
        path: The new folder.
        branch: A branch or tag; the remote's HEAD by default.
        commit_id: A commit to check out, without a branch.
        depth: How many commits to fetch; all by default.
        insecure_skip_tls: Whether to trust any certificate this time.
        username: Who, on the web.
        password: The secret, kept nowhere.
    """
    address = Address.parse(url)
    login = address.login(username, password)
    env = [("GIT_SSL_NO_VERIFY", "1")] if insecure_skip_tls else []
    options = [f"--branch={branch}"] if branch else []
    options += [f"--depth={depth}"] if depth else []
    repository = Repository(running, path)
    words = ("clone", *options, "--", address.url, path)
    await GitProgram(running).run("clone repository", *words, login=login, env=env)
    if commit_id is None:
        return
    commit = plain("commit", commit_id)
    try:
        if depth:
            fetch = ("fetch", "--quiet", f"--depth={depth}", "--", "origin", commit)
            await repository.git.run("clone repository", *fetch, login=login, env=env)
        await repository.git.run("clone repository", "checkout", "--quiet", "--detach", commit, "--")
    except RefusedError:
        await _remove(running, path)
        raise


async def _remove(running: Running, path: str) -> None:
    """Remove what was cloned, so that a second try finds the place empty."""
    try:
        await running.agent.ask("remove", path=path, recursive=True)
    except AgentError as error:
        raise InvalidError(f"clone repository: {path} can't be removed: {error.strerror}") from error
