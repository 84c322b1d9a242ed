"""What files in a sandbox are like: their hashes and modes, with one request for many of them."""

from __future__ import annotations

import hashlib
import posixpath
import re
import shlex
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from daytona_httpx import AsyncSandbox, DaytonaError, DaytonaNotFoundError

from pulumi_daytona.core.inside.paths import short_mode

_NO_FOLDER = 3
_NO_PROGRAM = 127
_MOST_LETTERS = 60_000
"""How long a list of names may get: a shell takes a command of 128 KiB."""

_BETWEEN = "-- modes --"
_HASH = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_MODE = re.compile(r"([0-7]{1,4}) (.+)")


@dataclass(frozen=True)
class LiveFile:
    """Hold what a file in a sandbox is like: the SHA-256 of its content, and its mode as octal text."""

    sha256: str
    mode: str


async def look(sandbox: AsyncSandbox, names: Sequence[str], folder: str = ".") -> dict[str, LiveFile]:
    """Return what files are like, by name; those that aren't there, or are no files, are left out.

    Args:
        sandbox: The sandbox, started.
        names: Their paths, below the folder where they are relative.
        folder: The folder.

    Raises:
        DaytonaError: They can't be looked at.
    """
    found: dict[str, LiveFile] = {}
    for chunk in chunks(names):
        done = await sandbox.process.exec(_command(folder, chunk))
        if done.exit_code == _NO_FOLDER:
            return {}
        if done.exit_code == _NO_PROGRAM:
            return {name: file async for name, file in _one_by_one(sandbox, names, folder)}
        if done.exit_code != 0:
            raise DaytonaError(f"look at files: the sandbox's shell ended with {done.exit_code}")
        found.update(_parsed(done.result))
    return found


async def remove(sandbox: AsyncSandbox, names: Sequence[str], folder: str) -> None:
    """Remove files below a folder, and the folders above them that are empty then; not the folder itself.

    Args:
        sandbox: The sandbox, started.
        names: Their paths below the folder; those that are gone already are a success.
        folder: The folder.

    Raises:
        DaytonaError: One can't be removed.
    """
    for chunk in chunks(names):
        removal = f"rm -f -- {shlex.join(chunk)} 2>&1 || exit 1\n{_empty(chunk)}\nexit 0"
        done = await sandbox.process.exec(f"{_enter(folder)}\n{removal}")
        if done.exit_code not in (0, _NO_FOLDER):
            raise DaytonaError(f"remove files: {' '.join(done.result.split())}")


async def remove_empty(sandbox: AsyncSandbox, folder: str) -> None:
    """Remove a folder if it is empty."""
    await sandbox.process.exec(f"rmdir -- {shlex.quote(folder)} 2>/dev/null\nexit 0")


def chunks(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield names in groups that fit on a command line."""
    chunk: list[str] = []
    letters = 0
    for name in names:
        letters += len(shlex.quote(name).encode()) + 1
        if chunk and letters > _MOST_LETTERS:
            yield chunk
            chunk, letters = [], len(shlex.quote(name).encode()) + 1
        chunk.append(name)
    if chunk:
        yield chunk


def _enter(folder: str) -> str:
    return f"cd -- {shlex.quote(folder)} 2>/dev/null || exit {_NO_FOLDER}"


def _command(folder: str, names: Sequence[str]) -> str:
    quoted = shlex.join(names)
    return "\n".join(
        (
            f"command -v sha256sum >/dev/null && command -v stat >/dev/null || exit {_NO_PROGRAM}",
            _enter(folder),
            f"sha256sum -- {quoted} 2>/dev/null",
            f"echo '{_BETWEEN}'",
            f"stat -L -c '%a %n' -- {quoted} 2>/dev/null",
            "exit 0",
        )
    )


def _parsed(output: str) -> Iterator[tuple[str, LiveFile]]:
    hashes, _, modes = output.partition(_BETWEEN)
    mode_of = {found[2]: found[1] for found in map(_MODE.fullmatch, modes.splitlines()) if found}
    for found in map(_HASH.fullmatch, hashes.splitlines()):
        if found:
            # sha256sum marks a name that has backslashes, and doubles them.
            name = found[3].replace("\\\\", "\\") if found[1] else found[3]
            yield name, LiveFile(found[2], short_mode(mode_of.get(name, "").rjust(3, "0")))


async def _one_by_one(
    sandbox: AsyncSandbox, names: Sequence[str], folder: str
) -> AsyncIterator[tuple[str, LiveFile]]:
    """Look at files in a sandbox that lacks the programs for many at once."""
    for name in names:
        path = posixpath.join(folder, name)
        try:
            info = await sandbox.fs.get_file_info(path)
            if not info.is_dir:
                yield name, LiveFile(await _downloaded_hash(sandbox, path), short_mode(info.permissions))
        except DaytonaNotFoundError:
            continue


async def _downloaded_hash(sandbox: AsyncSandbox, path: str) -> str:
    digest = hashlib.sha256()
    async for piece in await sandbox.fs.download_file_stream(path):
        digest.update(piece)
    return digest.hexdigest()


def _empty(names: Sequence[str]) -> str:
    """Return the command that removes the folders above some files if they are empty, the innermost first."""
    folders = {parent for name in names for parent in _parents(name)}
    deepest = sorted(folders, key=lambda path: (-path.count("/"), path))
    return f"rmdir -- {shlex.join(deepest)} 2>/dev/null" if deepest else ""


def _parents(name: str) -> Iterator[str]:
    while name := posixpath.dirname(name):
        yield name
