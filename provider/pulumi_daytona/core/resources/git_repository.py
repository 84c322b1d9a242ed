"""The git repository: a clone in a sandbox, kept at a branch or a commit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from daytona_httpx import AsyncSandbox, DaytonaConflictError, DaytonaNotFoundError, DaytonaValidationError
from pydantic import AfterValidator, Field

from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.inside.paths import NewFolderPath
from pulumi_daytona.core.inside.repository import Head, Login, Repository
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, Timeout, id_of
from pulumi_daytona.core.models import OutputModel, Text
from pulumi_daytona.core.record import or_removed
from pulumi_daytona.core.traits import KEEP, Change, Trait, doc, in_place, replaces

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_NOT_A_NAME = re.compile(r"^-|[\x00-\x20\x7f~^:?*\[\\]|\.\.|//|@\{|\.lock$|/$|^/")


def _url(text: str) -> str:
    if not text or text.startswith("-") or any(letter <= " " for letter in text):
        raise ValueError("needs the address of a repository, such as https://github.com/owner/name")
    if "://" in text and urlsplit(text).password is not None:
        raise ValueError("must not hold a password; give username and password by themselves")
    return text


def _branch(text: str) -> str:
    if not text or _NOT_A_NAME.search(text):
        raise ValueError(f"needs the name of a branch, such as main, got {text!r}")
    return text


def _commit(text: str) -> str:
    if not _COMMIT.fullmatch(text.lower()):
        raise ValueError(f"needs at least 7 hexadecimal digits of a commit's hash, got {text!r}")
    return text.lower()


def _same_commit(old: str, new: str) -> bool:
    return old.startswith(new) or new.startswith(old)


class GitRepositoryInputs(InsideInputs):
    """Say what should be cloned where, and what of it checked out."""

    url: Annotated[
        Annotated[Text, AfterValidator(_url)], replaces(), doc("Where it is cloned from, without a password.")
    ]
    path: Annotated[
        NewFolderPath,
        replaces(),
        doc("The folder in the sandbox; a relative path starts from the working directory."),
    ]
    branch: Annotated[
        Annotated[Text, AfterValidator(_branch)] | None,
        in_place(),
        doc("The branch; by default the one that the remote repository prefers. Its commits may go on."),
    ] = None
    commit: Annotated[
        Annotated[Text, AfterValidator(_commit)] | None,
        in_place(same=_same_commit),
        doc("The commit, instead of a branch: its hash, or the first 7 digits of it or more."),
    ] = None
    triggers: Annotated[
        list[Any] | None,
        in_place([]),
        doc("Any values; when one changes the branch is brought to where the remote one is."),
    ] = None
    depth: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Trait(Change.NONE, KEEP),
        doc("How many commits of the history to fetch; all when left out."),
    ] = None
    username: Annotated[
        Text | None, Trait(Change.NONE, KEEP), doc("Who may read it; with a token often any name.")
    ] = None
    password: Annotated[
        Text | None,
        Trait(Change.NONE, KEEP, secret=True),
        doc(
            "The password or token. It is used for the requests to this host and kept nowhere in the sandbox."
        ),
    ] = None
    timeout: Timeout = None

    @property
    def login(self) -> Login | None:
        """Return the credentials, if there are any."""
        return None if self.username is None else Login(self.username, self.password or "")


class GitRepositoryOutputs(OutputModel):
    """Tell what can be read of a clone."""

    revision: Annotated[str, doc("The commit that is checked out.")]
    current_branch: Annotated[str | None, doc("The branch that is checked out; none for a commit by itself.")]
    dirty: Annotated[bool, doc("Whether it has changes that are not committed; they are left alone.")]


class GitRepositoryVerbs(InsideVerbs[GitRepositoryInputs]):
    """Clone, look at, check out and remove a repository."""

    noun: ClassVar[str] = "repository"
    outputs: ClassVar[type[OutputModel]] = GitRepositoryOutputs

    def name_of(self, inputs: GitRepositoryInputs) -> str:
        """Return its path."""
        return inputs.path

    async def make(self, sandbox: AsyncSandbox, inputs: GitRepositoryInputs) -> Live:
        """Clone it, or go on with the clone of it that is there."""
        repository = _repository(sandbox, inputs)
        origin = await repository.origin()
        if origin is None:
            await repository.clone(inputs.branch, inputs.commit, inputs.depth)
            async with or_removed(partial(self.remove, sandbox, inputs.path, {})):
                return await _now(sandbox, repository, inputs)
        if origin != inputs.url:
            raise DaytonaConflictError(
                "there is a clone of another repository; choose another path, or remove it"
            )
        await _check_out(repository, inputs)
        return await _now(sandbox, repository, inputs)

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return what is checked out; another branch, or for a commit another one, is drift."""
        head = await Repository(sandbox, name).head()
        if head is None:
            return None
        revision = {} if head.revision.startswith(state.get("commit") or "-") else {"commit": head.revision}
        return _live(sandbox, name, head, {"branch": head.branch, **revision})

    async def change(
        self, sandbox: AsyncSandbox, name: str, state: State, inputs: GitRepositoryInputs
    ) -> Live:
        """Check out what is asked for, fetched where that is needed."""
        repository = _repository(sandbox, inputs)
        if changed_values(state, inputs):
            await _check_out(repository, inputs)
        return await _now(sandbox, repository, inputs)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """Delete the folder, with changes that were not committed too."""
        await sandbox.fs.delete_file(name, recursive=True)


def git_repository_rules(inputs: GitRepositoryInputs) -> Iterator[Failure]:
    """Yield what contradicts in a repository's inputs."""
    if inputs.branch is not None and inputs.commit is not None:
        yield Failure("commit", "set only one of branch and commit")
    if inputs.password is not None and inputs.username is None:
        yield Failure("username", "a password needs one; with a token often any name will do")
    web = not isinstance(inputs.url, str) or inputs.url.startswith(("http://", "https://"))
    if inputs.username is not None and not web:
        yield Failure("username", "only for repositories at http:// and https:// addresses")


GIT_REPOSITORY: Definition[GitRepositoryInputs] = Definition(
    name="GitRepository",
    doc="Declare a clone of a git repository in a sandbox, at a branch or a commit (clone repository).\n\n"
    "Another branch or commit is checked out in place. A change of what is checked out in the sandbox is put "
    "right after a refresh; commits that go on on the branch, and files that are not committed, are left "
    "alone. Git has to be in the sandbox.",
    inputs=GitRepositoryInputs,
    outputs=GitRepositoryOutputs,
    verbs=GitRepositoryVerbs(),
    rules=git_repository_rules,
    unique_name="path",
)


def _repository(sandbox: AsyncSandbox, inputs: GitRepositoryInputs) -> Repository:
    return Repository(sandbox, inputs.path, inputs.url, inputs.login)


async def _check_out(repository: Repository, inputs: GitRepositoryInputs) -> None:
    if inputs.commit is not None:
        await repository.check_out_commit(inputs.commit, inputs.depth)
        return
    head = await repository.head()
    branch = inputs.branch or (head.branch if head else None)
    if branch is not None:
        await repository.check_out_branch(branch, inputs.depth)


async def _now(sandbox: AsyncSandbox, repository: Repository, inputs: GitRepositoryInputs) -> Live:
    head = await repository.head()
    if head is None:
        raise DaytonaNotFoundError("there is no commit in it; push one first")
    if inputs.branch is not None and head.branch != inputs.branch:
        raise DaytonaValidationError(
            f"{inputs.branch!r} is no branch; for a tag, set commit to the hash that it stands for"
        )
    return _live(sandbox, inputs.path, head)


def _live(sandbox: AsyncSandbox, path: str, head: Head, drift: dict[str, Any] | None = None) -> Live:
    attributes = {"revision": head.revision, "current_branch": head.branch, "dirty": head.dirty}
    return Live(id_of(sandbox, path), attributes, drift or {})
