"""The words of a Dockerfile: told apart, without their quotes, and with their variables replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

LONGEST = 128 * 1024
"""How long a text may become when its variables are replaced: they can double it again and again."""

DEEPEST = 16
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]")
_SPACE = " \t"


class BuildFailedError(Exception):
    """Say in one line why an image can't be built here."""


def split(text: str, escape: str) -> list[str]:
    """Return the words of a text as they are written; a space in quotes ends none."""
    words, word, quote, at = list[str](), "", "", 0
    while at < len(text):
        char = text[at]
        if char == escape and quote != "'" and at + 1 < len(text):
            word += text[at : at + 2]
            at += 2
            continue
        if char in "\"'" and quote in ("", char):
            quote = "" if quote else char
        if char in _SPACE and not quote:
            words += [word] if word else []
            word = ""
        else:
            word += char
        at += 1
    return [*words, word] if word else words


def pairs(text: str, escape: str) -> list[tuple[str, str]]:
    """Return names and values of ``A=b C="d e"``, or of the old form ``A b c``, as they are written.

    Raises:
        BuildFailedError: It is neither.
    """
    words = split(text, escape)
    if not words:
        raise BuildFailedError("there is nothing after the instruction")
    if "=" not in words[0]:
        name, _, value = text.strip().partition(" ")
        return [(name, value.strip())]
    found = [word.partition("=") for word in words]
    for name, equals, _ in found:
        if not equals or not name:
            raise BuildFailedError(f"{name!r} has no value; write NAME=value")
    return [(name, value) for name, _, value in found]


def json_words(text: str) -> list[str] | None:
    """Return the words of a JSON form, None for what is none: a shell reads that."""
    if not text.startswith("["):
        return None
    try:
        words = json.loads(text)
    except ValueError:
        return None
    return words if isinstance(words, list) and all(isinstance(word, str) for word in words) else None


def plain(word: str, variables: Mapping[str, str], escape: str) -> str:
    """Return a word without its quotes, its variables replaced.

    Raises:
        BuildFailedError: A brace is open, a variable must be set and isn't, or it becomes too long.
    """
    return _Scan(word, variables, escape).until("")


class _Scan:
    """Read a word from left to right."""

    def __init__(self, text: str, variables: Mapping[str, str], escape: str) -> None:
        self._text = text
        self._variables = variables
        self._escape = escape
        self._at = 0
        self._depth = 0
        self._room = LONGEST

    def until(self, end: str) -> str:
        """Read up to one of these characters, or to the end."""
        return "".join(self._pieces(end))

    def _pieces(self, end: str) -> Iterator[str]:
        while self._at < len(self._text) and self._text[self._at] not in end:
            char = self._next()
            if char == "'":
                yield self._single()
            elif char == '"':
                yield self._double()
            elif char == "$":
                yield self._variable()
            elif char == self._escape and self._at < len(self._text):
                yield self._next()
            else:
                yield char

    def _next(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _single(self) -> str:
        end = self._text.find("'", self._at)
        if end < 0:
            raise BuildFailedError("a quote is open")
        inner, self._at = self._text[self._at : end], end + 1
        return inner

    def _double(self) -> str:
        inner = ""
        while self._at < len(self._text):
            char = self._next()
            if char == '"':
                return inner
            if char == "$":
                inner += self._variable()
            elif char == self._escape and self._text[self._at : self._at + 1] in ('"', "$", self._escape):
                inner += self._next()
            else:
                inner += char
        raise BuildFailedError("a quote is open")

    def _variable(self) -> str:
        if self._text[self._at : self._at + 1] == "{":
            return self._bounded(self._braced())
        match = _NAME.match(self._text, self._at)
        if match is None:
            return "$"
        self._at = match.end()
        return self._bounded(self._variables.get(match[0], ""))

    def _braced(self) -> str:
        match = _NAME.match(self._text, self._at + 1)
        self._depth += 1
        if match is None or self._depth > DEEPEST:
            raise BuildFailedError("a variable in braces can't be read")
        self._at = match.end()
        value = self._modified(match[0])
        if self._text[self._at : self._at + 1] != "}":
            raise BuildFailedError(f"the brace of ${{{match[0]} is open")
        self._at += 1
        self._depth -= 1
        return value

    def _modified(self, name: str) -> str:
        """Return a variable's value, or what is written after ``-``, ``+`` or ``?`` to stand for it."""
        value = self._variables.get(name)
        if self._text[self._at : self._at + 1] == ":":
            self._at += 1
            value = value or None
        mark = self._text[self._at : self._at + 1]
        if mark not in ("-", "+", "?"):
            return value or ""
        self._at += 1
        other = self.until("}")
        if mark == "?" and value is None:
            raise BuildFailedError(f"{name} must be set: {other or 'it is not'}")
        if mark == "+":
            return "" if value is None else other
        return other if value is None else value

    def _bounded(self, value: str) -> str:
        self._room -= len(value)
        if self._room < 0:
            raise BuildFailedError(f"a value becomes longer than {LONGEST} characters")
        return value
