"""Write daytona_httpx/_sync from daytona_httpx/_async; `make generate` runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import unasync

PACKAGE = Path(__file__).resolve().parent / "daytona_httpx"
HEADER = "# Generated from _async by `make generate`; do not edit.\n"
WRITTEN_BY_HAND = frozenset({"callbacks.py", "clock.py", "network.py", "terminals.py", "websocket.py"})
OTHER_NAMES = {
    "aclosing": "closing",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aiter_stream": "iter_stream",
    "aread": "read",
    "AsyncByteStream": "SyncByteStream",
    "handle_async_request": "handle_request",
}
"""What unasync doesn't know; every name that begins with Async loses that."""

EXAMPLE = re.compile(r"^ +(?:>>>|\.\.\.) .*$", re.MULTILINE)
"""A line of code in a docstring, which unasync takes for mere text."""


def generate(target: Path) -> None:
    """Write the sync modules into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    sources = sorted(path for path in (PACKAGE / "_async").glob("*.py") if path.name not in WRITTEN_BY_HAND)
    names = {**_class_names(sources), **OTHER_NAMES}
    rule = unasync.Rule(fromdir=str(PACKAGE / "_async"), todir=str(target), additional_replacements=names)
    unasync.unasync_files([str(path) for path in sources], [rule])
    for path in sources:
        written = target / path.name
        text = written.read_text().replace("daytona_httpx._async", "daytona_httpx._sync")
        text = EXAMPLE.sub(lambda line: _sync_example(line[0]), text)
        written.write_text(HEADER + text)
    command = ["ruff", "format", "--quiet", "--no-cache", "--isolated", "--line-length", "110", str(target)]
    subprocess.run([sys.executable, "-m", *command], check=True)  # noqa: S603 - our own arguments


def _sync_example(line: str) -> str:
    return re.sub(r"\b(?:await |async )|\bAsync(?=[A-Z])", "", line)


def _class_names(sources: list[Path]) -> dict[str, str]:
    found = {name for path in sources for name in re.findall(r"\bAsync[A-Z]\w*", path.read_text())}
    return {name: name.removeprefix("Async") for name in found}


if __name__ == "__main__":
    generate(PACKAGE / "_sync")
