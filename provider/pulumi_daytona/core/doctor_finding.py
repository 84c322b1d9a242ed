"""What a look-over finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Say how something is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """Hold one finding.

    Args:
        check: What was looked at.
        status: How it is.
        detail: What was found.
        advice: What to do about it; empty when it is well.
    """

    check: str
    status: Status
    detail: str
    advice: str = ""


def ok(check: str, detail: str) -> Finding:
    """Find something well."""
    return Finding(check, Status.OK, detail)


def warning(check: str, detail: str, advice: str) -> Finding:
    """Find something that may go wrong."""
    return Finding(check, Status.WARNING, detail, advice)


def error(check: str, detail: str, advice: str) -> Finding:
    """Find something without which nothing works."""
    return Finding(check, Status.ERROR, detail, advice)
