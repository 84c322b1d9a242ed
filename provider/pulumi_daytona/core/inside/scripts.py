"""A command with all that it needs, as files in a sandbox: nothing of it is in a command line."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from daytona_httpx import AsyncSandbox, DaytonaNotFoundError, FileUpload
from pydantic import AfterValidator

from pulumi_daytona.core.models import Text

SHELL = ("/bin/sh", "-c")

_NO_FOLDER = 126
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHORTEST_SECRET = 4
_LINES = 5
_LETTERS = 600


def _environment(values: dict[str, str]) -> dict[str, str]:
    for name in values:
        if not _VARIABLE.fullmatch(name):
            raise ValueError(f"{name!r} can't be a variable's name; letters, digits and _ are allowed")
    return values


def _interpreter(words: list[str]) -> list[str]:
    if not words or words[0] == "":
        raise ValueError('needs a program and its options, such as ["/bin/bash", "-c"]')
    return words


def _command(text: str) -> str:
    if not text.strip() or "\0" in text:
        raise ValueError("needs a command line, such as make install")
    return text


CommandLine = Annotated[Text, AfterValidator(_command)]
Environment = Annotated[dict[str, Text], AfterValidator(_environment)]
Interpreter = Annotated[list[Text], AfterValidator(_interpreter)]


@dataclass(frozen=True)
class Script:
    """Hold a command that is about to run in a sandbox.

    Args:
        command: The command line.
        folder: The folder to run it in; the working directory when left out.
        environment: More environment variables.
        stdin: What it reads.
        interpreter: The program that gets the command line as its last argument.
    """

    command: str
    folder: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    stdin: str | None = field(default=None, repr=False)
    interpreter: Sequence[str] = SHELL

    @property
    def digest(self) -> str:
        """Return a short digest, to tell whether two are the same."""
        values = [self.command, self.folder, dict(self.environment), self.stdin, [*self.interpreter]]
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]

    def redacted(self, text: str) -> str:
        """Return a text without what the environment and the input hold: it may be secret."""
        secrets = [*self.environment.values(), *(self.stdin or "").splitlines()]
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "[secret]")
        return text

    def tail(self, stdout: str, stderr: str) -> str:
        """Return the end of what it wrote, the errors where there are any, as one line without secrets."""
        lines = [line.strip() for line in self.redacted(stderr if stderr.strip() else stdout).splitlines()]
        return " | ".join([line for line in lines if line][-_LINES:])[-_LETTERS:]


@dataclass(frozen=True)
class LaidScript:
    """Lay a script into a folder of its own, which only the sandbox's user may enter.

    Args:
        sandbox: The sandbox, started.
        name: The name of the folder, unique in the sandbox.
        script: The script.
    """

    sandbox: AsyncSandbox
    name: str
    script: Script

    @property
    def folder(self) -> str:
        """Return the path of the folder."""
        return f"/tmp/.pulumi-daytona-{self.name}"  # noqa: S108 - closed to others, and made anew

    @property
    def line(self) -> str:
        """Return the command line that runs it."""
        return f"/bin/sh {shlex.quote(f'{self.folder}/{self._program}')}"

    async def lay(self) -> None:
        """Write it, over what an earlier run may have left."""
        await self.clear()
        await self.sandbox.fs.create_folder(self.folder, "700")
        given = {
            self._program: self._run,
            "command": self.script.command,
            "environment": self._environment,
        }
        if self.script.stdin is not None:
            given["stdin"] = self.script.stdin
        uploads = [FileUpload(text.encode(), f"{self.folder}/{name}") for name, text in given.items()]
        await self.sandbox.fs.upload_files(uploads)

    async def clear(self) -> None:
        """Remove it."""
        try:
            await self.sandbox.fs.delete_file(self.folder, recursive=True)
        except DaytonaNotFoundError:
            return

    @property
    def _program(self) -> str:
        """Return the name of what is run: another script has another one."""
        return f"run-{self.script.digest}"

    @property
    def _environment(self) -> str:
        return "".join(
            f"export {name}={shlex.quote(value)}\n" for name, value in self.script.environment.items()
        )

    @property
    def _run(self) -> str:
        """Return the program that prepares the command: the environment is gone before it begins."""
        here = shlex.quote(self.folder)
        stdin = "/dev/null" if self.script.stdin is None else f"{here}/stdin"
        steps = [
            f". {here}/environment",
            f"rm -f -- {here}/environment",
            f'exec {shlex.join(self.script.interpreter)} "$(cat -- {here}/command)" <{stdin}',
        ]
        if self.script.folder:
            steps.insert(0, f"cd -- {shlex.quote(self.script.folder)} || exit {_NO_FOLDER}")
        return "\n".join([*steps, ""])
