"""The sync client is what the generator makes of the async one."""

from __future__ import annotations

import sys
from pathlib import Path

import daytona_httpx
import pytest

PACKAGE = Path(daytona_httpx.__file__).parent

sys.path.insert(0, str(PACKAGE.parent))
import generate_sync  # noqa: E402


def test_the_sync_client_is_fresh(tmp_path: Path) -> None:
    generate_sync.generate(tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.glob("*.py")}
    kept = {path.name: path.read_text() for path in (PACKAGE / "_sync").glob("*.py") if not _by_hand(path)}
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert stale == [], "run `make generate`"


def test_what_is_written_by_hand_is_there_twice() -> None:
    for folder in ("_async", "_sync"):
        assert {path.name for path in (PACKAGE / folder).glob("*.py")} >= generate_sync.WRITTEN_BY_HAND


@pytest.mark.parametrize("path", sorted((PACKAGE / "_sync").glob("*.py")), ids=lambda path: path.name)
def test_a_sync_module_says_how_it_was_made_and_is_sync(path: Path) -> None:
    text = path.read_text()
    if not _by_hand(path):
        assert generate_sync.HEADER == text.splitlines(keepends=True)[0]
        assert "Async" not in text
    assert not any(word in text for word in ("async def", "await ", "asyncio"))


def _by_hand(path: Path) -> bool:
    return path.name in generate_sync.WRITTEN_BY_HAND
