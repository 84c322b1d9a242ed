"""Paths inside a sandbox, and the modes of what is there."""

from __future__ import annotations

import posixpath
import re
from typing import Annotated

from pydantic import AfterValidator

from pulumi_daytona.core.models import maybe_unknown

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MODE = re.compile(r"0?[0-7]{3}|[0-7]{4}")
_RELATIVE = "a relative one starts from the sandbox's working directory"


def _folder_path(text: str) -> str:
    if not text or _CONTROL.search(text):
        raise ValueError(f"needs a path such as /app; {_RELATIVE}")
    if text.startswith("~"):
        raise ValueError(f"~ is not expanded; give an absolute path, or leave ~/ out: {_RELATIVE}")
    if ".." in text.split("/"):
        raise ValueError(f"must not have .. in it, got {text!r}; name the place itself")
    return posixpath.normpath(re.sub("/+", "/", text))


def _file_path(text: str) -> str:
    path = _folder_path(text)
    if text.endswith("/") or path in (".", "/"):
        raise ValueError(f"needs the path of a file, such as /app/config.json, got {text!r}")
    return path


def _new_folder_path(text: str) -> str:
    path = _folder_path(text)
    if path in (".", "/"):
        raise ValueError(f"needs a folder of its own, such as /app, got {text!r}")
    return path


def _mode(text: str) -> str:
    if not _MODE.fullmatch(text):
        raise ValueError(f"needs an octal text such as 644 or 755, got {text!r}")
    return short_mode(text)


def short_mode(text: str) -> str:
    """Return an octal mode as it is compared: 0644 and 644 are one."""
    return text[1:] if len(text) == 4 and text.startswith("0") else text


def inner_path(text: str) -> str:
    """Return the path of a file below a folder in its normal form.

    Raises:
        ValueError: It leaves the folder, or can't be a path.
    """
    path = posixpath.normpath(text)
    if _CONTROL.search(text) or not text:
        raise ValueError(f"{text!r} can't be the path of a file; rename it, or exclude it")
    if path.startswith("/") or ".." in text.split("/") or path == ".":
        raise ValueError(f"{text!r} leaves the folder; only paths below it are allowed")
    return path


FilePath = Annotated[str, AfterValidator(_file_path), maybe_unknown]
"""The path of a file."""

FolderPath = Annotated[str, AfterValidator(_folder_path), maybe_unknown]
"""The path of a folder, that may have been there before."""

NewFolderPath = Annotated[str, AfterValidator(_new_folder_path), maybe_unknown]
"""The path of a folder that a resource makes, and removes with all that is in it."""

Mode = Annotated[str, AfterValidator(_mode), maybe_unknown]
"""The mode of a file, as octal text."""
