"""What clients were told, and thereby what has to be there after whatever happens to the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


class Known(Generic[T]):
    """Hold the values that something may have: one, or several while answers are missing.

    Args:
        first: What it has at first.
    """

    def __init__(self, first: T) -> None:
        self.values = [first]

    @contextmanager
    def becoming(self, value: T) -> Iterator[None]:
        """Take note of an order: without its answer both may hold, with it the new value does."""
        self.values.append(value)
        yield
        self.values = [value]

    def refused(self) -> None:
        """Take note that the newest order was refused."""
        self.values.pop()


@dataclass
class Box:
    """Hold what is known of a sandbox.

    Args:
        name: Its name.
        id: Its id, empty until an answer has told it.
        labels: What was set last.
        state: What was wished for last.
        files: The contents of its files; None is no file.
        gone: Whether it was deleted.
    """

    name: str
    labels: Known[dict[str, str]]
    id: str = ""
    state: Known[str] = field(default_factory=lambda: Known("started"))
    files: dict[str, Known[bytes | None]] = field(default_factory=dict)
    gone: Known[bool] = field(default_factory=lambda: Known(False))

    @property
    def must_exist(self) -> bool:
        """Tell whether a client was told that it is there, and nobody has ordered it away."""
        return bool(self.id) and self.gone.values == [False]

    @property
    def must_be_gone(self) -> bool:
        """Tell whether a client was told that it is deleted."""
        return self.gone.values == [True]
