"""The tables of sdk/README.md that say what is like in the official package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "sdk/README.md"
SAME, FIXED, NOT_HERE = "same", "same, fixed", "not here"


@dataclass(frozen=True)
class Row:
    """Hold what a table says of one class."""

    name: str
    verdict: str
    reason: str


def rows(heading: str) -> dict[str, Row]:
    """Return the rows of the table under a heading, one for each name."""
    section = README.read_text().split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    found = [row for line in section.splitlines() if line.startswith("| `") for row in _rows_of(line)]
    names = [row.name for row in found]
    assert sorted(names) == sorted(set(names)), "a name is there twice"
    return {row.name: row for row in found}


def _rows_of(line: str) -> list[Row]:
    names, verdict, reason = (cell.strip() for cell in line.strip().strip("|").split("|"))
    return [Row(name, verdict, reason) for name in re.findall(r"`(\w+)`", names)]
