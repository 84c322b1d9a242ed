"""Put a Pulumi engine in place: `python tests/toolchain/engine.py` finds or makes one and says where."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # started as a script: the imports below are relative to the project's root
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.toolchain import go_build, official_install
from tests.toolchain.errors import EngineError
from tests.toolchain.places import LANGUAGE_HOST, RESOURCE_HOST, engines_folder

# The oldest release that pulumi-daytona's own dependency (pulumi>=3.200) allows: an older engine lacks
# protocol calls which that Python SDK makes.
MINIMUM_VERSION = (3, 200)


@dataclass(frozen=True)
class Engine:
    """A Pulumi engine that can run Python programs and dynamic providers.

    `pulumi` is the executable, `version` what it answers (such as "3.259.0"), `origin` how it came here.
    """

    pulumi: Path
    version: str
    origin: str

    @property
    def bin(self) -> Path:
        """Return the folder that must come first on PATH."""
        return self.pulumi.parent


def find_engine(say: Callable[[str], None] | None = None) -> Engine | None:
    """Return the engine that is already here, or None: from PATH first, then the user's cache.

    `say` gets one line for each engine that was seen and can't be used.
    """
    on_path = shutil.which("pulumi")
    if on_path and (engine := _inspect(Path(on_path), "PATH", say)):
        return engine
    for folder, origin in _cached_folders():
        pulumi = folder / "bin" / "pulumi"
        if pulumi.exists() and (engine := _inspect(pulumi, origin, say)):
            return engine
    return None


def ensure_engine(say: Callable[[str], None]) -> Engine:
    """Return an engine, installing or building it where there is none; `say` gets the progress, by lines.

    Raises EngineError with one line that says what is missing and what to do.
    """
    if (engine := find_engine(say)) is None:
        _obtain(say)
        engine = find_engine(say)
    if engine is None:
        raise EngineError(f"put the Pulumi engine in place: what was made in {engines_folder()} does not run")
    go_build.refresh_language_host(engine.bin)
    return engine


def _obtain(say: Callable[[str], None]) -> None:
    try:
        official_install.install(engines_folder() / "official", say)
    except EngineError as reason:
        say(f"{reason}; building the engine from Go modules instead")
        go_build.build(engines_folder(), say)


def _cached_folders() -> list[tuple[Path, str]]:
    folder = engines_folder()
    return [(folder / "official", "official installer"), (folder / go_build.VERSION, "built from Go modules")]


def _inspect(pulumi: Path, origin: str, say: Callable[[str], None] | None) -> Engine | None:
    version = _version(pulumi)
    problem = _problem(pulumi, version)
    if problem and say:
        say(f"not using {pulumi}: {problem}")
    return None if problem else Engine(pulumi, version, origin)


def _version(pulumi: Path) -> str:
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [pulumi, "version"], env=environment, capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip().removeprefix("v")


def _problem(pulumi: Path, version: str) -> str | None:
    match = re.match(r"(\d+)\.(\d+)\.", version)
    if match is None:
        return "`pulumi version` gave no version"
    if (int(match[1]), int(match[2])) < MINIMUM_VERSION:
        return f"version {version} is older than {MINIMUM_VERSION[0]}.{MINIMUM_VERSION[1]}"
    search_path = os.pathsep.join(
        [str(pulumi.parent), str(pulumi.resolve().parent), os.environ.get("PATH", "")]
    )
    missing = [name for name in (LANGUAGE_HOST, RESOURCE_HOST) if not shutil.which(name, path=search_path)]
    return f"{' and '.join(missing)} not found beside it or on PATH" if missing else None


def main() -> int:
    """Put an engine in place and print where it is; return the exit status."""

    def say(line: str) -> None:
        print(line, flush=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a build ends and is cleaned up
    try:
        engine = ensure_engine(say)
    except KeyboardInterrupt:
        print("interrupted: the engine is not in place; start again when you like", file=sys.stderr)
        return 130
    except EngineError as reason:
        print(f"error: {reason}", file=sys.stderr)
        return 1
    except OSError as reason:
        print(f"error: put the Pulumi engine in place: {reason}", file=sys.stderr)
        return 1
    say(f"Pulumi engine {engine.version} ({engine.origin}): {engine.pulumi}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
