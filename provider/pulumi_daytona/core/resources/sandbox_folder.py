"""The sandbox folder: the files of a local folder or an archive, kept like it in a sandbox."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncSandbox, DaytonaNotFoundError, DaytonaValidationError, FileUpload
from pydantic import BeforeValidator, ValidationInfo, field_validator

from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.inside import live_files
from pulumi_daytona.core.inside.live_files import LiveFile
from pulumi_daytona.core.inside.local_files import LocalFile, as_checked, same_as_checked, tree_of
from pulumi_daytona.core.inside.paths import FolderPath
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, Timeout, id_of
from pulumi_daytona.core.models import OutputModel, Text
from pulumi_daytona.core.traits import SecretWith, Shown, doc, in_place, provider_only, replaces
from pulumi_daytona.core.unknown import UNKNOWN, has_unknown

Files = Mapping[str, Mapping[str, str]]
"""What each file is like, by its path below the folder: its sha256 and its mode."""

_MOST_OPEN = 200
"""How many files one request uploads: each of them is open all the while."""


def _as_source(value: object) -> object:
    return {"archive": value} if isinstance(value, str) else value


def _same_files(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return bool(old.get("files") == new.get("files"))


class SandboxFolderInputs(InsideInputs):
    """Say what a folder in a sandbox should have in it."""

    path: Annotated[
        FolderPath,
        replaces(),
        doc("Where it is in the sandbox; a relative path starts from the working directory. It is made."),
    ]
    exclude: Annotated[
        list[Text] | None,
        provider_only(),
        doc(
            "Patterns of names, such as ``*.pyc`` or ``.git``, or of paths, such as ``docs/*.md``, to "
            "leave out."
        ),
    ] = None
    source: Annotated[
        Annotated[dict[str, Any], BeforeValidator(_as_source)],
        in_place(same=_same_files),
        doc(
            "The path of a local folder, a tar or a zip file, a ``FileArchive`` or an ``AssetArchive``. Only "
            "regular files are allowed. A file that its owner may run gets the mode 755, any other 644."
        ),
        Shown("Input[str | pulumi.Archive]"),
    ]
    timeout: Timeout = None

    @field_validator("source", mode="after")
    @classmethod
    def _listed(cls, source: Any, info: ValidationInfo) -> Any:
        """Add what its files are like: that is what is compared."""
        exclude = info.data.get("exclude")
        if has_unknown([source, exclude]):
            return UNKNOWN
        if "files" in source:
            return source
        files = tree_of(source, exclude or ())
        return {**source, "files": {name: _described(file) for name, file in files.items()}}


class SandboxFolderOutputs(OutputModel):
    """Tell what can be read of a folder in a sandbox."""

    sha256: Annotated[
        str, SecretWith(("source",)), doc("One SHA-256 over the paths, modes and contents of its files.")
    ]
    file_count: Annotated[int, doc("How many of its files are there.")]


class SandboxFolderVerbs(InsideVerbs[SandboxFolderInputs]):
    """Keep the files of a folder like the local ones; what else is in there is nobody's concern."""

    noun: ClassVar[str] = "folder"
    outputs: ClassVar[type[OutputModel]] = SandboxFolderOutputs

    def name_of(self, inputs: SandboxFolderInputs) -> str:
        """Return its path."""
        return inputs.path

    async def make(self, sandbox: AsyncSandbox, inputs: SandboxFolderInputs) -> Live:
        """Upload what isn't there yet."""
        await sandbox.fs.create_folder(inputs.path, "755")
        return await self._bring(sandbox, inputs)

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return it as it is; None when it isn't there, or none of its files is."""
        source = state.get("source") or {}
        files = source.get("files") or {}
        live = await live_files.look(sandbox, [*files], name)
        if not live and (files or not await _is_folder(sandbox, name)):
            return None
        return _live(sandbox, name, _as_files(live), source)

    async def change(
        self, sandbox: AsyncSandbox, name: str, state: State, inputs: SandboxFolderInputs
    ) -> Live:
        """Delete what was taken away, and upload what was changed."""
        before: Files = (state.get("source") or {}).get("files") or {}
        await live_files.remove(
            sandbox, [path for path in before if path not in inputs.source["files"]], name
        )
        return await self._bring(sandbox, inputs)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """Delete its files, and the folders that are empty then."""
        files: Files = (state.get("source") or {}).get("files") or {}
        await live_files.remove(sandbox, [*files], name)
        await live_files.remove_empty(sandbox, name)

    async def _bring(self, sandbox: AsyncSandbox, inputs: SandboxFolderInputs) -> Live:
        """Make the files in the sandbox like the local ones; each step compares with what is there."""
        wanted: Files = inputs.source["files"]
        live = await live_files.look(sandbox, [*wanted], inputs.path)
        stale = [name for name in wanted if name not in live or live[name].sha256 != wanted[name]["sha256"]]
        if stale:
            await _upload(sandbox, inputs, stale)
            live = await live_files.look(sandbox, [*wanted], inputs.path)
        for name, file in live.items():
            if file.mode != wanted[name]["mode"]:
                await sandbox.fs.set_file_permissions(_join(inputs.path, name), wanted[name]["mode"])
        return _live(sandbox, inputs.path, wanted, inputs.source)


SANDBOX_FOLDER: Definition[SandboxFolderInputs] = Definition(
    name="SandboxFolder",
    doc="Declare the files of a folder in a sandbox, as they are in a local folder (upload files).\n\n"
    "Only changed files are uploaded, files that are taken away are deleted, and what else is in the folder "
    "stays. Contents and modes count, times don't. A file that was changed in the sandbox is uploaded again, "
    "after a refresh.",
    inputs=SandboxFolderInputs,
    outputs=SandboxFolderOutputs,
    verbs=SandboxFolderVerbs(),
)


async def _upload(sandbox: AsyncSandbox, inputs: SandboxFolderInputs, names: list[str]) -> None:
    local = as_checked(lambda source: tree_of(source, inputs.exclude or ()), inputs.source)
    for name in names:
        if name not in local:
            raise DaytonaValidationError(f"the local file {name!r} is gone meanwhile; run pulumi up again")
        same_as_checked(local[name], inputs.source["files"][name]["sha256"], name)
    uploads = [FileUpload(local[name].content, _join(inputs.path, name)) for name in names]
    for first in range(0, len(uploads), _MOST_OPEN):
        await sandbox.fs.upload_files(uploads[first : first + _MOST_OPEN])


async def _is_folder(sandbox: AsyncSandbox, path: str) -> bool:
    try:
        return (await sandbox.fs.get_file_info(path)).is_dir
    except DaytonaNotFoundError:
        return False


def _join(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name))


def _described(file: LocalFile) -> dict[str, str]:
    try:
        return {"sha256": file.sha256, "mode": file.mode}
    except OSError as error:
        raise ValueError(f"the local file {str(file.content)!r} can't be read: {error.strerror}") from None


def _as_files(live: Mapping[str, LiveFile]) -> Files:
    return {name: {"sha256": file.sha256, "mode": file.mode} for name, file in live.items()}


def _live(sandbox: AsyncSandbox, path: str, files: Files, source: Mapping[str, Any]) -> Live:
    lines = (f"{file['sha256']} {file['mode']} {name}\n" for name, file in sorted(files.items()))
    attributes = {"sha256": hashlib.sha256("".join(lines).encode()).hexdigest(), "file_count": len(files)}
    return Live(id_of(sandbox, path), attributes, {"source": {**source, "files": dict(files)}})
