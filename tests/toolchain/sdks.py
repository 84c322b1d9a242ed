"""Generate the SDKs for other languages: `python tests/toolchain/sdks.py <folder>` writes them all.

The engine's own `pulumi package gen-sdk` asks the language hosts, which the Go module proxy doesn't have. The
generators that they would call are Go packages: a small tool of ours calls them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

if not __package__:  # started as a script: the imports below are relative to the project's root
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.toolchain import go_build, node
from tests.toolchain.errors import EngineError, MissingError, SdkError
from tests.toolchain.places import sdks_folder

Say = Callable[[str], None]

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "provider" / "pulumi_daytona" / "schema" / "schema.json"
LANGUAGES = ("nodejs", "go", "python")

_SOURCE = Path(__file__).parent / "sdkgen" / "main.go"
_KEPT = 3
_GO_MOD = f"""\
module pulumi-daytona.local/sdk/go

go 1.25

require (
	github.com/blang/semver v3.5.1+incompatible
	github.com/pulumi/pulumi/sdk/v3 {go_build.VERSION}
)
"""


def sdk(language: str, say: Say) -> Path:
    """Return the folder with the SDK of a language, generated once for each schema; TypeScript's is compiled.

    Raises MissingError where what makes it isn't on this machine, and SdkError when it can't be made.
    """
    compiler = node.packages(say) if language == "nodejs" else None
    root = sdks_folder() / language
    folder = root / _key(SCHEMA.read_bytes(), _SOURCE.read_bytes(), _GO_MOD, str(compiler))
    root.mkdir(parents=True, exist_ok=True)
    with go_build.locked(root, say):
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=root, prefix="making-") as name:
                made = Path(name) / "sdk"
                _run([str(_generator(say)), str(SCHEMA), language, str(made)], "generate the SDK")
                _finish(language, made, compiler)
                made.rename(folder)
            _prune(root)
    return folder


def _generator(say: Say) -> Path:
    """Return the tool that generates; it is built once for each version of it and of the engine."""
    source = _SOURCE.read_bytes()
    root = sdks_folder() / "generator"
    tool = root / _key(source, go_build.GO_MOD) / "sdkgen"
    root.mkdir(parents=True, exist_ok=True)
    with go_build.locked(root, say):
        if not tool.exists():
            say("building what generates the SDKs from Go modules, once: about a minute on two cores")
            _build(source, tool)
            _prune(root)
    return tool


def _build(source: bytes, tool: Path) -> None:
    try:
        go = go_build.find_go()
    except EngineError as reason:
        raise MissingError(str(reason)) from None
    with tempfile.TemporaryDirectory(dir=tool.parents[1], prefix="building-") as name:
        folder = Path(name)
        (folder / "go.mod").write_text(go_build.GO_MOD)
        (folder / "main.go").write_bytes(source)
        command = [go, "build", "-mod=mod", "-trimpath", "-ldflags", "-s -w", "-o", "product/sdkgen", "."]
        _run(command, "build what generates the SDKs", folder)
        (folder / "product").rename(tool.parent)


def _finish(language: str, made: Path, compiler: Path | None) -> None:
    if language == "go":
        (made / "go.mod").write_text(_GO_MOD)
    if compiler:
        node.compile_package(made, compiler)


def _run(command: list[str], action: str, folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        kind = MissingError if go_build.is_offline(done.stderr) else SdkError
        raise kind(f"{action}: {go_build.last_error(done.stderr)}")


def _key(*parts: bytes | str) -> str:
    texts = (part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def _prune(root: Path) -> None:
    """Remove what older schemas have left, but for the last few: another checkout may use those."""
    made = sorted((each for each in root.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime)
    for old in made[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Write every SDK that can be made here into a folder; return the exit status."""
    target, status = Path(arguments[0]), 0
    for language in LANGUAGES:
        place = target / language
        try:
            made = sdk(language, print)
        except (MissingError, SdkError) as reason:
            print(f"no SDK for {language}: {reason}", file=sys.stderr)
            status = 1
            continue
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(made, place, ignore=shutil.ignore_patterns("node_modules"))
        print(f"SDK for {language}: {place}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
