"""Which sandboxes to list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from daytona_httpx.errors import DaytonaValidationError

if TYPE_CHECKING:
    from datetime import datetime


class SandboxListSortField(StrEnum):
    """Name what a list can be sorted by.

    Example:
        >>> query = ListSandboxesQuery(sort=SandboxListSortField.CREATEDAT, states=["started"])
        >>> next(daytona.list(query)).state.value
        'started'
    """

    NAME = "name"
    CPU = "cpu"
    MEMORYGIB = "memoryGib"
    DISKGIB = "diskGib"
    LASTACTIVITYAT = "lastActivityAt"
    CREATEDAT = "createdAt"


class SandboxListSortDirection(StrEnum):
    """Name the directions of a list.

    Example:
        >>> query = ListSandboxesQuery(sort="name", order=SandboxListSortDirection.DESC)
        >>> names = [found.name for found in daytona.list(query)]
        >>> names == sorted(names, reverse=True)
        True
    """

    ASC = "asc"
    DESC = "desc"


@dataclass
class ListSandboxesQuery:
    """Say which sandboxes to list; every field narrows.

    Example:
        >>> query = ListSandboxesQuery(labels={"made": "for the docs"}, states=[SandboxState.STARTED])
        >>> [found.name for found in daytona.list(query)]
        ['docs']
    """

    limit: int | None = None
    id: str | None = None
    name: str | None = None
    labels: Mapping[str, str] | None = None
    states: Sequence[str] | None = None
    snapshots: Sequence[str] | None = None
    targets: Sequence[str] | None = None
    min_cpu: int | None = None
    max_cpu: int | None = None
    min_memory_gib: int | None = None
    max_memory_gib: int | None = None
    min_disk_gib: int | None = None
    max_disk_gib: int | None = None
    is_public: bool | None = None
    is_recoverable: bool | None = None
    created_at_after: datetime | None = None
    created_at_before: datetime | None = None
    last_activity_after: datetime | None = None
    last_activity_before: datetime | None = None
    auto_destroy_at_after: datetime | None = None
    auto_destroy_at_before: datetime | None = None
    sort: str | None = None
    order: str | None = None


PAGE = 200
"""How many sandboxes a page has where the caller doesn't say; the API's most."""

_WIRE_NAMES = {
    "targets": "regionIds",
    "min_memory_gib": "minMemoryGiB",
    "max_memory_gib": "maxMemoryGiB",
    "min_disk_gib": "minDiskGiB",
    "max_disk_gib": "maxDiskGiB",
    "last_activity_after": "lastEventAfter",
    "last_activity_before": "lastEventBefore",
}


def list_params(query: ListSandboxesQuery) -> dict[str, Any]:
    """Return the parameters of the list request.

    Raises:
        DaytonaValidationError: The limit is below 1.
    """
    if query.limit is not None and query.limit < 1:
        raise DaytonaValidationError("limit must be at least 1")
    given = {name: value for name, value in vars(query).items() if value is not None}
    params: dict[str, Any] = {"limit": PAGE}
    for name, value in given.items():
        params[_WIRE_NAMES.get(name) or _camel(name)] = (
            value.isoformat() if hasattr(value, "isoformat") else value
        )
    if query.labels is not None:
        params["labels"] = json.dumps(dict(query.labels))
    return params


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
