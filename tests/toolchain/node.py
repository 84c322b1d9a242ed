"""Packages of Node.js and the compiler of TypeScript, in the user's cache: for the SDK and for programs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.toolchain import go_build
from tests.toolchain.errors import MissingError, SdkError
from tests.toolchain.places import sdks_folder

MINIMUM_NODE = 20
_EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "typescript"
_SDK = "pulumi-daytona"
_UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH")


def packages(say: Callable[[str], None]) -> Path:
    """Return the folder of the packages that the TypeScript example names, installed once.

    Raises MissingError where Node.js isn't on this machine or no registry can be reached, and SdkError when
    they can't be installed.
    """
    npm = _find_npm()
    wanted = _without_sdk(json.loads((_EXAMPLE / "package.json").read_text()))
    root = sdks_folder() / "npm"
    folder = root / hashlib.sha256(wanted.encode()).hexdigest()[:16]
    root.mkdir(parents=True, exist_ok=True)
    with go_build.locked(root, say):
        if not folder.exists():
            say("installing @pulumi/pulumi and typescript from npm, once: about half a minute")
            _install(npm, wanted, folder)
    return folder / "node_modules"


def compile_package(package: Path, modules: Path) -> None:
    """Compile a package where it is; it is linked with the packages that it needs from then on.

    Raises SdkError with what the compiler says.
    """
    (package / "node_modules").symlink_to(modules)
    compile_program(package)
    shutil.copy(package / "package.json", package / "bin")  # where the package looks up its own version


def compile_program(folder: Path) -> None:
    """Compile a program by its tsconfig.json, with the packages in it.

    Raises SdkError with what the compiler says.
    """
    command = [str(folder / "node_modules" / ".bin" / "tsc"), "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SdkError(f"compile {folder}:\n{done.stdout[:4000]}{done.stderr}")


def link_packages(folder: Path, modules: Path, sdk: Path) -> None:
    """Give a program the packages, and the SDK among them."""
    target = folder / "node_modules"
    target.mkdir()
    for each in modules.iterdir():
        (target / each.name).symlink_to(each)
    (target / _SDK).symlink_to(sdk)


def _find_npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise MissingError(f"node and npm are not on PATH; install Node.js {MINIMUM_NODE} or newer")
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    version = re.match(r"v(\d+)\.", answer)
    if version is None or int(version[1]) < MINIMUM_NODE:
        raise MissingError(f"{node} is {answer or 'broken'}; install Node.js {MINIMUM_NODE} or newer")
    return npm


def _without_sdk(package: dict[str, dict[str, str]]) -> str:
    del package["dependencies"][_SDK]
    return json.dumps(package, indent=2)


def _install(npm: str, wanted: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="installing-") as name:
        made = Path(name) / "packages"
        made.mkdir()
        (made / "package.json").write_text(wanted)
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
        if done.returncode:
            words = next(
                (line for line in done.stderr.splitlines() if "npm error" in line), "no reason given"
            )
            kind = MissingError if any(each in done.stderr for each in _UNREACHABLE) else SdkError
            raise kind(f"install Node.js packages: {words}")
        made.rename(folder)
