"""The look-ups, one file per topic; a topic is imported when one of its look-ups is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_daytona.core.functions.look_up import LookUp

TOPICS = (
    "sandboxes",
    "previews",
    "snapshots",
    "storage",
    "regions",
    "telemetry",
    "organizations",
    "members",
    "users",
    "system",
)


def look_ups(topic: str) -> tuple[LookUp[Any], ...]:
    """Return the look-ups of a topic."""
    found: tuple[LookUp[Any], ...] = import_module(f"{__name__}.{topic}").LOOK_UPS
    return found


def every_look_up() -> Iterator[LookUp[Any]]:
    """Yield all look-ups, topic by topic."""
    for topic in TOPICS:
        yield from look_ups(topic)


@cache
def find(path: str) -> LookUp[Any]:
    """Return a look-up by its topic and name, for example ``storage.get_volume``."""
    topic, _, name = path.partition(".")
    return next(look_up for look_up in look_ups(topic) if look_up.name == name)
