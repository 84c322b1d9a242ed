"""Build the Pulumi engine from Go modules, for machines that reach a module proxy and nothing else."""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.toolchain.errors import EngineError
from tests.toolchain.places import LANGUAGE_HOST, PROGRAM_RUNNER, RESOURCE_HOST

VERSION = "v3.259.0"
MINIMUM_GO = (1, 21)  # the first that fetches the newer Go which the engine's go.mod asks for
PROGRESS_EVERY_S = 15

ENGINE_MODULE = "github.com/pulumi/pulumi/pkg/v3"
CLIPBOARD = "github.com/atotto/clipboard=github.com/tgummerer/clipboard@v0.0.0-20241001131231-d02d263e614e"

_PACKAGE = f"{ENGINE_MODULE}/cmd/pulumi"
_SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3"
# The replacement is the engine's own; Go takes over no replacement from a dependency's go.mod.
GO_MOD = f"""\
module pulumi-daytona.local/engine

go 1.25

require {ENGINE_MODULE} {VERSION}

replace {CLIPBOARD.replace("=", " => ").replace("@", " ")}
"""
_OFFLINE = ("dial tcp", "no such host", "i/o timeout", "proxyconnect", "module lookup disabled")
_LAUNCHER = """\
#!/bin/sh
# Starts the language host that is kept beside this file, with the Python of the environment.
exec "${PULUMI_PYTHON_CMD:-python3}" "$(dirname "$0")/language_host.py" "$@"
"""


def build(engines: Path, say: Callable[[str], None]) -> Path:
    """Build the engine into `engines`/VERSION/bin and return that folder; done before, it returns at once.

    Raises EngineError when Go is missing, too old or fails.
    """
    go = find_go()
    engines.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(engines, say):
        finished = engines / VERSION / "bin"
        if not (finished / "pulumi").exists():
            _build_and_move(go, engines, say)
    return finished


def refresh_language_host(bin_folder: Path) -> None:
    """Bring our language host in `bin_folder`, if it is there, to the state of this checkout."""
    if (bin_folder / "language_host.py").exists():
        _place_language_host(bin_folder)


def _place_language_host(bin_folder: Path) -> None:
    source = Path(__file__).with_name("language_host.py").read_text()
    for name, text, mode in (("language_host.py", source, 0o644), (LANGUAGE_HOST, _LAUNCHER, 0o755)):
        target = bin_folder / name
        if target.exists() and target.read_text() == text:
            continue
        with tempfile.NamedTemporaryFile("w", dir=bin_folder, delete=False) as new:
            new.write(text)
        Path(new.name).chmod(mode)
        Path(new.name).replace(target)


def find_go() -> str:
    """Return Go, new enough to fetch the newer one that the engine asks for.

    Raises EngineError when there is none.
    """
    go = shutil.which("go")
    if go is None:
        raise EngineError(
            "build the Pulumi engine: Go is not on PATH; install Go 1.21 or newer, or Pulumi 3.200 or newer"
        )
    answer = subprocess.run(
        [go, "env", "GOVERSION"], capture_output=True, text=True, check=False
    ).stdout.strip()
    match = re.match(r"go(\d+)\.(\d+)", answer)
    if match is None or (int(match[1]), int(match[2])) < MINIMUM_GO:
        raise EngineError(
            f"build the Pulumi engine: {go} is {answer or 'of unknown version'}; install Go 1.21 or newer"
        )
    return go


@contextmanager
def locked(engines: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold a folder against other processes that would build in it too."""
    with (engines / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another process is building in {engines}: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build_and_move(go: str, engines: Path, say: Callable[[str], None]) -> None:
    for left_over in engines.glob("building-*"):  # we hold the lock: of a build that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="building-", dir=engines))
    try:
        (folder / "go.mod").write_text(GO_MOD)
        product = folder / "product" / "bin"
        product.mkdir(parents=True)
        _compile(go, folder, product / "pulumi", say)
        _copy_scripts(_sdk_folder(go, folder), product)
        _place_language_host(product)
        product.parent.rename(engines / VERSION)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compile(go: str, folder: Path, target: Path, say: Callable[[str], None]) -> None:
    stamp = f"-s -w -X {_SDK_MODULE}/go/common/version.Version={VERSION}"
    command = [go, "build", "-mod=mod", "-trimpath", "-ldflags", stamp, "-o", str(target), _PACKAGE]
    say(f"building the Pulumi engine {VERSION} from Go modules, once: about three minutes on two cores")
    started = time.monotonic()
    with (folder / "log").open("w+") as log, subprocess.Popen(command, cwd=folder, stderr=log) as process:
        try:
            _wait(process, started, say)
        except BaseException:
            process.terminate()
            raise
        if process.returncode:
            log.seek(0)
            raise EngineError(f"build the Pulumi engine: {last_error(log.read())}")
    say(f"built in {time.monotonic() - started:.0f} s")


def _wait(process: subprocess.Popen[bytes], started: float, say: Callable[[str], None]) -> None:
    while process.poll() is None:
        try:
            process.wait(PROGRESS_EVERY_S)
        except subprocess.TimeoutExpired:
            say(f"  still building, {time.monotonic() - started:.0f} s so far")


def is_offline(log: str) -> bool:
    """Tell whether Go failed because it reached no module proxy."""
    return any(words in log for words in _OFFLINE)


def last_error(log: str) -> str:
    """Return in one line why Go failed."""
    lines = [line for line in log.splitlines() if not line.startswith("go: downloading")]
    reason = lines[-1].strip() if lines else "no reason given"
    return f"go build failed ({reason}); see that a Go module proxy can be reached"


def _sdk_folder(go: str, folder: Path) -> Path:
    command = [go, "list", "-mod=mod", "-m", "-json", _SDK_MODULE]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise EngineError(f"find the engine's Python scripts: {last_error(answer.stderr)}")
    module: dict[str, str] = json.loads(answer.stdout)
    return Path(module["Dir"])


def _copy_scripts(sdk: Path, target: Path) -> None:
    for script in (sdk / "python/dist" / RESOURCE_HOST, sdk / "python/cmd" / PROGRAM_RUNNER):
        copy = target / script.name
        shutil.copyfile(script, copy)
        copy.chmod(0o755)
