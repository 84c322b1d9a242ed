"""Read the fields of a body, and refuse it with everything that is wrong at once, as the API does."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from daytona_local.api import bodies
from daytona_local.errors import InvalidError

_URL = re.compile(r"([a-z][a-z0-9+.-]*://)?[^\s/:?#@]+(:\d+)?([/?#]\S*)?", re.IGNORECASE)


class Fields:
    """Hold a body, and what was found wrong with it.

    What is wrong reads as something of the right kind, since nothing is done with it.

    Args:
        body: The body.
    """

    def __init__(self, body: dict[str, Any]) -> None:
        self._body = body
        self.wrong: list[str] = []

    def __contains__(self, name: str) -> bool:
        """Tell whether a field was sent, be it as null."""
        return name in self._body

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        return self._must(name, self._body.get(name), str, "a string") or ""

    def maybe_text(self, name: str) -> str | None:
        """Return a text, None where there is none."""
        value = self._body.get(name)
        return None if value is None else self._must(name, value, str, "a string")

    def url(self, name: str) -> str:
        """Return an address that must be there; one without a scheme is fine."""
        value = self._body.get(name)
        if isinstance(value, str) and _URL.fullmatch(value):
            return value
        self.wrong.append(f"{name} must be a URL address")
        return ""

    def flag(self, name: str) -> bool:
        """Return a truth value that must be there."""
        return self._must(name, self._body.get(name), bool, "a boolean value") or False

    def maybe_flag(self, name: str, default: bool) -> bool:
        """Return a truth value, or what it is by default."""
        return default if self._body.get(name) is None else self.flag(name)

    def maybe_number(self, name: str, least: float | None = None) -> int | float | None:
        """Return a number, None where there is none."""
        value = self._body.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= bodies.INT32:
            self.wrong.append(f"{name} must be a number conforming to the specified constraints")
            return None
        if least is not None and value < least:
            self.wrong.append(f"{name} must not be less than {least:g}")
        return int(value) if value == int(value) else value

    def whole(self, name: str, least: int) -> int:
        """Return a whole number that must be there."""
        value = self.maybe_number(name, least)
        if isinstance(value, int):
            return value
        if not any(fault.startswith(f"{name} ") for fault in self.wrong):
            self.wrong.append(f"{name} must be an integer number")
        return least

    def choice(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of several texts."""
        value = self._body.get(name, default)
        if value not in allowed:
            self.wrong.append(f"{name} must be one of the following values: {', '.join(allowed)}")
            return allowed[0]
        return str(value)

    def texts(self, name: str, default: Sequence[str] | None = None) -> list[str]:
        """Return a list of texts."""
        value = self._body.get(name)
        if value is None and default is not None:
            return [*default]
        if not isinstance(value, list):
            self.wrong.append(f"{name} must be an array")
            return []
        if not all(isinstance(item, str) for item in value):
            self.wrong.append(f"each value in {name} must be a string")
            return []
        return value

    def choices(self, name: str, allowed: Sequence[str]) -> list[str]:
        """Return a list of texts, each one of several."""
        value = self.texts(name)
        if not set(value) <= set(allowed):
            self.wrong.append(
                f"each value in {name} must be one of the following values: {', '.join(allowed)}"
            )
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return an object, None where there is none."""
        value = self._body.get(name)
        return None if value is None else self._must(name, value, dict, "an object")

    def moment(self, name: str) -> float | None:
        """Return a time in seconds since 1970, None where there is none."""
        value = self._body.get(name)
        if value is None:
            return None
        try:
            seconds = datetime.fromisoformat(value).timestamp()
            datetime.fromtimestamp(seconds, UTC)  # the zone can lead out of the years that there are
            return seconds
        except (TypeError, ValueError, OverflowError):
            self.wrong.append(f"{name} must be a valid ISO 8601 date string")
            return None

    def _must(self, name: str, value: Any, kind: type[Any], said: str) -> Any:
        if isinstance(value, kind):
            return value
        self.wrong.append(f"{name} must be {said}")
        return None


@contextlib.contextmanager
def checked(body: dict[str, Any]) -> Iterator[Fields]:
    """Read a body's fields; at the end it is refused if something was wrong.

    Raises:
        InvalidError: With everything that was wrong.
    """
    fields = Fields(body)
    yield fields
    if fields.wrong:
        raise InvalidError(", ".join(fields.wrong))


async def read(request: Request) -> contextlib.AbstractContextManager[Fields]:
    """Read the body of a request, for ``with await read(request) as fields``."""
    return checked(await bodies.json_object(request))
