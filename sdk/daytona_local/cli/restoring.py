"""`daytona-local snapshot restore`: make a data folder from a file that `snapshot save` wrote."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daytona_local.cli.archive import unpack
from daytona_local.cli.connection import alone
from daytona_local.cli.disk import disk_errors
from daytona_local.cli.output import CommandError, print_json, stdout
from daytona_local.cli.reset import remove
from daytona_local.cli.saving import FORMAT, MANIFEST
from daytona_local.data_dir import (
    DATABASE,
    LOCK,
    MADE,
    OWN,
    RESTORING,
    DataDirError,
    check_owner,
    is_data_dir,
    read_key,
)
from daytona_local.records import Image, Sandbox, Snapshot, Volume
from daytona_local.store import Store, StoreError

PARTIAL = f"{RESTORING}.partial"
GIVEN = ("labels", "env", "secrets")
"""What has names that users gave, not ids."""

_ID = re.compile(r"(?!\.)[^/\0]*")


def run(data_dir: Path, file: Path, *, replace: bool, as_json: bool) -> None:
    """Put what is in a file into a data folder, as a whole or not at all.

    Args:
        data_dir: The data folder; made where there is none.
        file: What ``snapshot save`` wrote.
        replace: Whether the folder may have something already, which goes.
        as_json: Whether to print JSON.

    Raises:
        CommandError: The file can't be used, or the folder has something already.
        DataDirError: The folder is someone else's.
    """
    _check_target(data_dir, replace=replace)
    with alone(data_dir):
        remove(data_dir, [PARTIAL])
        partial = data_dir / PARTIAL
        partial.mkdir(mode=0o700)
        try:
            with disk_errors(f"restore {file}"):
                unpack(file, partial)
            _check(partial, file)
        except BaseException:
            remove(data_dir, [PARTIAL])
            raise
        _swap(data_dir)
    if as_json:
        print_json({"file": str(file), "data_dir": str(data_dir)})
    else:
        stdout().print(f"{data_dir} is as in {file}; to serve it: daytona-local serve --data-dir {data_dir}")


def _check_target(data_dir: Path, *, replace: bool) -> None:
    if not data_dir.is_dir() or not (found := {*os.listdir(data_dir)} - {LOCK}):
        return
    check_owner(data_dir)
    if not is_data_dir(data_dir):
        raise CommandError(
            f"{data_dir} has other things in it ({min(found)}); name an empty folder with --data-dir"
        )
    if not replace:
        raise CommandError(
            f"{data_dir} is in use already; say --replace to lose what is in it, or name another"
        )


def _check(folder: Path, file: Path) -> None:
    """Refuse what was unpacked if no server of this version can serve it."""
    manifest = _manifest(folder / MANIFEST, file)
    if manifest["format"] != FORMAT:
        version = manifest.get("version")
        raise CommandError(f"{file} is of another version of daytona-local ({version}); use that one")
    if not (folder / DATABASE).is_file():
        raise CommandError(f"{file} is no snapshot of a data folder: it has no database")
    try:
        read_key(folder)
        store = Store(folder / DATABASE)
        bad = next((found for found in _ids(store) if not _ID.fullmatch(found)), None)
        store.close()
    except (StoreError, DataDirError) as error:
        raise CommandError(f"{file} can't be used: {error}".replace(f"{folder}/", "")) from None
    if bad is not None:
        raise CommandError(
            f"{file} has a record with the id {bad!r}, which no server gave; nothing was changed"
        )


def _manifest(place: Path, file: Path) -> dict[str, Any]:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        return {"format": found["format"], "version": found.get("version")}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        raise CommandError(f"{file} is no snapshot of a data folder: its {MANIFEST} can't be read") from None


def _ids(store: Store) -> Iterator[str]:
    """Yield the ids that name files."""
    for kind in (Sandbox, Snapshot, Image, Volume):
        for data in store.load(kind.kind):
            yield from _ids_in(json.loads(data))


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _ids_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and (key == "id" or key.endswith("_id")):
                yield item
            elif key not in GIVEN:
                yield from _ids_in(item)


def _swap(data_dir: Path) -> None:
    """Put what was restored in place of what is there; where this is broken off, the folder isn't served."""
    restored = data_dir / RESTORING
    remove(data_dir, [RESTORING])
    (data_dir / PARTIAL).rename(restored)
    remove(data_dir, (*MADE, *OWN, DATABASE))
    (restored / MANIFEST).unlink()
    for name in sorted(os.listdir(restored), key=lambda name: name == DATABASE):  # that one comes last
        (restored / name).rename(data_dir / name)
    restored.rmdir()
