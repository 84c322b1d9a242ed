"""References: what inputs call by a name that must be there already, looked up before anything is made.

A name fails only when it is sure that nothing has it: not a look-up that was refused, nor one that takes too
long, nor the name of what the program itself is about to make, nor one that a resource has had all the time.
"""

from __future__ import annotations

import asyncio
import difflib
import logging
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

from pulumi_daytona.core.definition import Definition, Failure
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions.known import Names, known_regions, known_snapshots
from pulumi_daytona.core.session import Session

LOOK_UP_S = 10.0
"""How long a check waits for an answer."""

_SHOWN = 10

logger = logging.getLogger(__name__)


class _Known(Protocol):
    def __call__(self, session: Session, *, anew: bool = False) -> Awaitable[Names]: ...


_KNOWN: Final[Mapping[str, _Known]] = {"Snapshot": known_snapshots, "Region": known_regions}
"""How the names of each kind of resource are looked up, those that can be referred to."""

_MAKES: Final = {"SandboxSnapshot": "Snapshot"}
"""What a kind of resource makes, where that is referred to as another kind."""

_OUTPUT: Final = {"Snapshot": "snapshot.name", "Region": "region.id"}
"""What a program says instead of a name, for one that it makes itself."""


@dataclass
class _Seen:
    """Hold what a process has seen.

    Args:
        declared: The kinds and names of what the program itself makes.
        untold: The kinds that can't be looked up.
    """

    declared: set[tuple[str, str]] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)


_seen: WeakKeyDictionary[Session, _Seen] = WeakKeyDictionary()


async def check_known(
    session: Session, definition: Definition[Any], olds: Mapping[str, Any], news: Mapping[str, Any]
) -> tuple[Failure, ...]:
    """Return a failure for each input that names a snapshot or a region which isn't there.

    Args:
        session: The session; what was looked up is kept for all checks of it.
        definition: The kind of resource.
        olds: The inputs that the engine has in its state; one that stays is not looked up.
        news: The checked inputs; unknown values are ``UNKNOWN``, and pass.
    """
    seen = _seen.setdefault(session, _Seen())
    own, makes = news.get(definition.unique_name or ""), _MAKES.get(definition.name, definition.name)
    if makes in _KNOWN and isinstance(own, str):
        seen.declared.add((makes, own))
    failures = []
    for name, kind in definition.refers_to.items():
        value = news.get(name)
        is_new = isinstance(value, str) and value and value != olds.get(name)
        if is_new and (kind, value) not in seen.declared:
            reason = await _absence(session, seen, kind, str(value))
            failures += [Failure(name, reason)] if reason else []
    return tuple(failures)


async def _absence(session: Session, seen: _Seen, kind: str, name: str) -> str | None:
    """Return that nothing has a name, and what could have been meant; None where it may be there."""
    if kind in seen.untold:
        return None
    try:
        async with asyncio.timeout(LOOK_UP_S):
            known = await _KNOWN[kind](session)
            if not _is_in(known, name):
                known = await _KNOWN[kind](session, anew=True)  # it may have been made meanwhile
    except (ProviderError, TimeoutError) as error:
        seen.untold.add(kind)
        logger.info(
            "check %s %r: it can't be looked up: %s", kind.lower(), name, error or "no answer in time"
        )
        return None
    if _is_in(known, name):
        return None
    choice = {*known} if kind == "Region" else {*known.values()}  # only snapshots go by their names
    own = f"one that this program makes is named by its output, such as {_OUTPUT[kind]}"
    return f"there is no {kind.lower()} {name!r}; {_hint(choice, name)}; {own}"


def _is_in(known: Names, name: str) -> bool:
    return name in known or name in known.values()


def _hint(choice: Iterable[str], name: str) -> str:
    names = sorted(choice)
    nearest = difflib.get_close_matches(name, names, n=1)
    if nearest:
        return f"did you mean {nearest[0]}"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"there are: {', '.join(names[:_SHOWN]) or 'none'}{more}"
