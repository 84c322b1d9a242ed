"""Write Python source: docstrings, and what ruff makes of a folder."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

WIDTH = 110

Items = Iterable[tuple[str, str]]


def docstring(
    indent: int, paragraphs: Iterable[str], sections: Iterable[tuple[str, Items]] = ()
) -> Iterator[str]:
    """Yield the lines of a docstring.

    Args:
        indent: How far it is from the left.
        paragraphs: The summary, and what else there is to say.
        sections: Titles such as ``Args``, each with names and what they are.
    """
    first, *others = paragraphs
    parts = [wrapped(f'"""{first}', indent, indent), *(wrapped(each, indent, indent) for each in others)]
    for title, items in sections:
        lines = [wrapped(f"{name}: {text}", indent + 4, indent + 8) for name, text in items]
        parts += ["\n".join([f"{' ' * indent}{title}:", *lines])] if lines else []
    if len(parts) == 1 and "\n" not in parts[0] and len(parts[0]) + 3 <= WIDTH:
        yield f'{parts[0]}"""'
        return
    yield "\n\n".join(parts)
    yield f'{" " * indent}"""'


def tidy(folder: Path) -> None:
    """Take the imports out of a folder that nobody uses, sort the others, and format it."""
    first_party = 'lint.isort.known-first-party = ["pulumi_daytona"]'
    _ruff("check", "--select", "F401", "--fix", str(folder))
    _ruff("check", "--select", "I", "--fix", "--config", first_party, str(folder))
    _ruff("format", "--line-length", str(WIDTH), str(folder))


def _ruff(*arguments: str) -> None:
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache", "--isolated"]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


def wrapped(text: str, first: int, others: int) -> str:
    """Return a text in lines, the first and the others that far from the left."""
    words = " ".join(text.split())
    return textwrap.fill(
        words, WIDTH, initial_indent=" " * first, subsequent_indent=" " * others, break_on_hyphens=False
    )
