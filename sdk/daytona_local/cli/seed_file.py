"""What a seed file says: read from TOML or JSON, and checked before anything is created."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from daytona_local.cli.output import CommandError

Name = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """Refuse what no part of a seed file has."""

    model_config = ConfigDict(extra="forbid")


class VolumeSeed(Part):
    """Ask for a volume."""

    name: Name


class SnapshotSeed(Part):
    """Ask for a snapshot, built from a Dockerfile; its path is relative to the seed file."""

    name: Name
    dockerfile: Path


class LocalFile(Part):
    """Name a file of this machine; its path is relative to the seed file."""

    path: Path


class SandboxSeed(Part):
    """Ask for a sandbox, or for several that are alike.

    Args:
        name: Its name; with a count, the names are this one with -1, -2 and so on.
        count: How many; one of exactly this name when left out.
        files: Texts or local files, by their paths in the sandbox.
        volumes: Where volumes are mounted, by the names of the volumes.
    """

    name: Name
    count: Annotated[int, Field(ge=1, le=1000)] | None = None
    snapshot: str | None = None
    labels: dict[str, str] = {}
    env: dict[str, str] = {}
    files: dict[str, str | LocalFile] = {}
    volumes: dict[str, str] = {}
    public: bool | None = None
    network_block_all: bool | None = None
    auto_stop_interval: int | None = None
    auto_archive_interval: int | None = None
    auto_delete_interval: int | None = None
    ttl_minutes: int | None = None

    @property
    def names(self) -> list[str]:
        """Return the names of the sandboxes."""
        return [self.name] if self.count is None else [f"{self.name}-{n + 1}" for n in range(self.count)]


class Seed(Part):
    """Hold a seed file."""

    volumes: list[VolumeSeed] = []
    snapshots: list[SnapshotSeed] = []
    sandboxes: list[SandboxSeed] = []


def read_seed(file: Path) -> tuple[Seed, Path]:
    """Return what a seed file says, and the folder that its paths start from.

    Args:
        file: The file; ``-`` is standard input, whose paths start from the working folder.

    Raises:
        CommandError: It can't be read, is neither TOML nor JSON, or asks for what can't be.
    """
    is_stdin = str(file) == "-"
    shown, folder = ("standard input", Path()) if is_stdin else (str(file), file.parent)
    try:
        text = sys.stdin.read() if is_stdin else file.read_text(encoding="utf-8")
        seed = Seed.model_validate(_parsed(text))
    except ValidationError as error:
        raise CommandError(f"seed {shown}: {_said(error)}") from None
    except OSError as error:
        raise CommandError(f"seed {shown}: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(f"seed {shown}: it is neither TOML nor JSON: {error}") from error
    _check(seed, shown, folder)
    return seed, folder


def _parsed(text: str) -> Any:
    return json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _check(seed: Seed, shown: str, folder: Path) -> None:
    names = [name for sandbox in seed.sandboxes for name in sandbox.names]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise CommandError(f'seed {shown}: two sandboxes have the name "{doubled}"; change one of them')
    if missing := next((file for file in _local_files(seed, folder) if not file.is_file()), None):
        raise CommandError(f"seed {shown}: there is no file {missing}; correct its path")


def _local_files(seed: Seed, folder: Path) -> Iterator[Path]:
    yield from (folder / snapshot.dockerfile for snapshot in seed.snapshots)
    for sandbox in seed.sandboxes:
        yield from (folder / file.path for file in sandbox.files.values() if isinstance(file, LocalFile))
