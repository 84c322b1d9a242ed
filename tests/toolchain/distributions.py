"""Build both distributions as a release does: a sdist of each folder, and the wheel of that sdist."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"daytona-httpx": ROOT / "sdk", "pulumi-daytona": ROOT / "provider"}
LIMIT_S = 240


@dataclass(frozen=True)
class Distribution:
    """Hold what was built of one distribution.

    Args:
        name: Its name.
        sdist: The source distribution.
        unpacked: The folder that the source distribution was unpacked into.
        wheel: The wheel that was built there.
    """

    name: str
    sdist: Path
    unpacked: Path
    wheel: Path


def build(folder: Path) -> list[Distribution]:
    """Build both distributions into a folder, without a network."""
    return [_built(name, source, folder / name) for name, source in FOLDERS.items()]


def wheel_of(source: Path, folder: Path) -> Path:
    """Build the wheel of a source tree into a folder, and return it."""
    _hatch(source, "wheel", folder)
    [wheel] = folder.glob("*.whl")
    return wheel


def _built(name: str, source: Path, folder: Path) -> Distribution:
    _hatch(source, "sdist", folder)
    [sdist] = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    return Distribution(name, sdist, unpacked, wheel_of(unpacked, folder))


def _hatch(source: Path, target: str, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, stdout=subprocess.DEVNULL, timeout=LIMIT_S)
