"""The links of a page, and those that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r"(?<!`)!?\[[^\]\n]*\]\(([^)\s#]*)(?:#([^)\s]*))?\)")
_PICTURE = re.compile(r'\bsrc(?:set)?="([^"]+)"()')
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as GitHub and the site make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def without_code(page: Path) -> str:
    """Return the text of a page without its blocks of code."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def broken(page: Path, root: Path) -> Iterator[str]:
    """Yield the links of a page that lead to no file below a folder, or to no heading of it."""
    text = without_code(page)
    for place, heading in LINK.findall(text) + _PICTURE.findall(text):
        if "://" in place:
            continue
        target = (page.parent / place).resolve() if place else page
        if not target.is_file() or not target.is_relative_to(root):
            yield place
        elif heading and heading not in map(anchor, _HEADING.findall(without_code(target))):
            yield f"{place}#{heading}"
