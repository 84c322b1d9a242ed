"""The texts in a source, with their gaps: what a program can say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

GAP = "\0"
"""Stands for a value in a text."""


@cache
def texts(folder: Path) -> list[str]:
    """Return the texts of all modules below a folder, or of one module."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    return [text for file in files for text in _texts(ast.parse(file.read_text(encoding="utf-8")))]


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)


def is_said(words: str, *folders: Path) -> bool:
    """Tell whether a text holds some words; ``...`` in them stands for anything."""
    return any(_holds(text, words.split("...")) for folder in folders for text in texts(folder))


def _holds(text: str, parts: list[str]) -> bool:
    position = 0
    for part in parts:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return True
