"""The sandbox file: one file, with the content that the program gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncSandbox, DaytonaNotFoundError, FileUpload
from pydantic import AfterValidator, BeforeValidator

from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.inside.live_files import LiveFile, look
from pulumi_daytona.core.inside.local_files import PLAIN, LocalFile, as_checked, file_of, same_as_checked
from pulumi_daytona.core.inside.paths import FilePath, Mode
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, Timeout, id_of
from pulumi_daytona.core.models import OutputModel, Text
from pulumi_daytona.core.traits import SecretWith, Shown, doc, in_place, replaces
from pulumi_daytona.core.unknown import UNKNOWN, has_unknown


def _as_source(value: object) -> object:
    return {"path": value} if isinstance(value, str) else value


def _hashed(source: dict[str, Any]) -> Any:
    """Add the hash, which is what is compared: a file's place may differ from machine to machine."""
    if has_unknown(source):
        return UNKNOWN
    return source if "sha256" in source else {**source, "sha256": file_of(source).sha256}


def _same_content(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return bool(old.get("sha256") == new.get("sha256"))


class SandboxFileInputs(InsideInputs):
    """Say what a file in a sandbox should be."""

    path: Annotated[
        FilePath,
        replaces(),
        doc(
            "Where it is in the sandbox; a relative path starts from the working directory. Folders are made."
        ),
    ]
    content: Annotated[Text | None, in_place(), doc("The text in it; a secret stays one.")] = None
    source: Annotated[
        Annotated[dict[str, Any], BeforeValidator(_as_source), AfterValidator(_hashed)] | None,
        in_place(same=_same_content),
        doc("Instead of content: the path of a local file, a ``FileAsset`` or a ``StringAsset``."),
        Shown("Input[str | pulumi.Asset]"),
    ] = None
    mode: Annotated[
        Mode | None,
        in_place(PLAIN),
        doc("Its mode, as octal text such as 600. Left out, a new file gets what the sandbox gives."),
    ] = None
    user: Annotated[Text | None, in_place(), doc("The user that it belongs to; not read again.")] = None
    group: Annotated[Text | None, in_place(), doc("The group that it belongs to; not read again.")] = None
    timeout: Timeout = None


class SandboxFileOutputs(OutputModel):
    """Tell what can be read of a file in a sandbox."""

    sha256: Annotated[
        str, SecretWith(("content", "source")), doc("The SHA-256 of its content, in hexadecimal digits.")
    ]
    mode: Annotated[str, doc("Its mode, as octal text.")]


class SandboxFileVerbs(InsideVerbs[SandboxFileInputs]):
    """Upload, look at, change and delete one file."""

    noun: ClassVar[str] = "file"
    outputs: ClassVar[type[OutputModel]] = SandboxFileOutputs

    def name_of(self, inputs: SandboxFileInputs) -> str:
        """Return its path."""
        return inputs.path

    async def make(self, sandbox: AsyncSandbox, inputs: SandboxFileInputs) -> Live:
        """Upload it, over what may be there."""
        await _upload(sandbox, inputs)
        await _permit(sandbox, inputs, inputs.mode)
        return await self._now(sandbox, inputs)

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return it as it is; a content that was changed is told by its hash."""
        file = (await look(sandbox, [name])).get(name)
        return None if file is None else _live(sandbox, name, file, _drift(file, state))

    async def change(self, sandbox: AsyncSandbox, name: str, state: State, inputs: SandboxFileInputs) -> Live:
        """Upload a changed content again, and set mode and owner where they differ."""
        changed = changed_values(state, inputs)
        if changed.keys() & {"content", "source"}:
            await _upload(sandbox, inputs)
        if changed:
            await _permit(sandbox, inputs, inputs.mode or changed.get("mode"))
        return await self._now(sandbox, inputs)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """Delete it."""
        await sandbox.fs.delete_file(name)

    async def _now(self, sandbox: AsyncSandbox, inputs: SandboxFileInputs) -> Live:
        file = (await look(sandbox, [inputs.path])).get(inputs.path)
        if file is None:
            raise DaytonaNotFoundError("it is gone again; something in the sandbox removes it")
        return _live(sandbox, inputs.path, file)


def sandbox_file_rules(inputs: SandboxFileInputs) -> Iterator[Failure]:
    """Yield what contradicts in a file's inputs."""
    if inputs.content is None and inputs.source is None:
        yield Failure("content", "set content (a text) or source (a local file or an asset)")
    if inputs.content is not None and inputs.source is not None:
        yield Failure("source", "set only one of content and source")


SANDBOX_FILE: Definition[SandboxFileInputs] = Definition(
    name="SandboxFile",
    doc="Declare a file in a sandbox (upload files).\n\n"
    "A changed content is uploaded again, and so is one that was changed in the sandbox, after a refresh.",
    inputs=SandboxFileInputs,
    outputs=SandboxFileOutputs,
    verbs=SandboxFileVerbs(),
    rules=sandbox_file_rules,
)


async def _upload(sandbox: AsyncSandbox, inputs: SandboxFileInputs) -> None:
    if inputs.source is None:
        file = LocalFile((inputs.content or "").encode())
    else:
        file = as_checked(file_of, inputs.source)
        same_as_checked(file, inputs.source["sha256"], str(inputs.source.get("path")))
    await sandbox.fs.upload_files([FileUpload(file.content, inputs.path)])


async def _permit(sandbox: AsyncSandbox, inputs: SandboxFileInputs, mode: str | None) -> None:
    if mode or inputs.user or inputs.group:
        await sandbox.fs.set_file_permissions(inputs.path, mode, inputs.user, inputs.group)


def _drift(file: LiveFile, state: State) -> dict[str, Any]:
    """Return what the inputs look like for a content that is no longer the one last set."""
    content, source = state.get("content"), state.get("source")
    if isinstance(content, str) and hashlib.sha256(content.encode()).hexdigest() != file.sha256:
        return {"content": None}
    if isinstance(source, dict):
        return {"source": {**source, "sha256": file.sha256}}
    return {}


def _live(sandbox: AsyncSandbox, path: str, file: LiveFile, drift: dict[str, Any] | None = None) -> Live:
    return Live(id_of(sandbox, path), {"sha256": file.sha256, "mode": file.mode}, drift or {})
