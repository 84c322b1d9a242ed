"""`daytona-local snapshot save`: write a whole data folder to one file."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from daytona_httpx import __version__

from daytona_local.cli.connection import alone
from daytona_local.cli.disk import disk_bytes, disk_errors
from daytona_local.cli.output import CommandError, bytes_text, print_json, progress, stdout
from daytona_local.cli.reset import remove
from daytona_local.data_dir import DATABASE, KEPT, OWN, check_data_dir, check_whole
from daytona_local.runtime import RuntimeFailedError
from daytona_local.runtime.confinement import confinement
from daytona_local.runtime.host import find_bubblewrap
from daytona_local.store import Store, StoreError

SAVING = "saving"
MANIFEST = "daytona-local.json"
FORMAT = 1
PIECE = 1024 * 1024
LEVEL = 4
"""How hard to compress: twice as fast as the usual 6, and hardly larger."""

_TAR = (
    "tar",
    "--create",
    "--file=-",
    "--format=gnu",
    "--sparse",
    "--numeric-owner",
    "--owner=0",
    "--group=0",
)


def run(data_dir: Path, file: Path, *, force: bool, as_json: bool) -> None:
    """Write the data folder to a file, for its owner only, as a whole or not at all.

    Args:
        data_dir: The data folder.
        file: The file to write.
        force: Whether it may be there already.
        as_json: Whether to print JSON.

    Raises:
        CommandError: The file is there, or the folder can't be read or is in use.
        DataDirError: It is no data folder, or someone else's.
    """
    check_data_dir(data_dir)
    if file.exists() and not force:
        raise CommandError(f"{file} is there already; name another file, or say --force")
    with alone(data_dir):
        check_whole(data_dir)
        with (
            disk_errors(f"save {data_dir} to {file}"),
            _staged(data_dir.resolve()) as staged,
            _whole(file) as target,
        ):
            _write(data_dir.resolve(), staged, target)
    size = file.stat().st_size
    if as_json:
        print_json({"file": str(file), "bytes": size, "data_dir": str(data_dir)})
    else:
        stdout().print(f"{data_dir} is in {file} ({bytes_text(size)}); it has the key and all secrets in it")


@contextmanager
def _staged(data_dir: Path) -> Iterator[Path]:
    """Lay, in the data folder, what can't be taken from there as it is: the database, and what this is."""
    staged = data_dir / SAVING
    remove(data_dir, [SAVING])
    staged.mkdir(mode=0o700)
    try:
        try:
            store = Store(data_dir / DATABASE)
            store.back_up(staged / DATABASE)
            store.close()
        except StoreError as error:
            raise CommandError(str(error)) from error
        manifest = {"format": FORMAT, "version": __version__, "saved_at": time.time()}
        (staged / MANIFEST).write_text(json.dumps(manifest) + "\n")
        yield staged
    finally:
        remove(data_dir, [SAVING])


@contextmanager
def _whole(file: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes its name when it is whole, and is gone when it isn't."""
    fd, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(fd, "wb") as target:
            yield target
        os.replace(partial, file)
    except BaseException:
        os.unlink(partial)
        raise


def _write(data_dir: Path, staged: Path, target: IO[bytes]) -> None:
    names = [name for name in (*OWN, *KEPT) if (data_dir / name).exists()]
    words = [*_TAR, f"--directory={staged}", MANIFEST, DATABASE, f"--directory={data_dir}", *names]
    total = sum(disk_bytes(place) for place in (staged, *(data_dir / name for name in names)))
    with (
        progress(f"Saving {data_dir}", total, is_bytes=True) as advance,
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=LEVEL) as packed,
    ):
        _pack([*_confined(data_dir), *words], packed, advance)


def _pack(words: Sequence[str], packed: gzip.GzipFile, advance: Callable[[int], None]) -> None:
    """Let a program write to a file that is packed.

    Raises:
        CommandError: It failed.
    """
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(  # noqa: S603 - no shell, and no words of others
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        ) as process:
            assert process.stdout is not None
            while piece := process.stdout.read(PIECE):
                packed.write(piece)
                advance(len(piece))
        complaints.seek(0)
        lines = complaints.read().decode(errors="replace").splitlines()
    if process.returncode:
        raise CommandError(
            f"save the data folder: {(lines or ['tar failed'])[0]}; correct that and save again"
        )


def _confined(data_dir: Path) -> list[str]:
    """Return what lets tar read what sandboxes have closed to their own user; nothing without bubblewrap."""
    try:
        return confinement(find_bubblewrap().program, data_dir)
    except RuntimeFailedError:
        return []
