"""Filters of a list, with their names on the wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from daytona_httpx import (
    DaytonaValidationError,
    ListSandboxesQuery,
    SandboxListSortDirection,
    SandboxListSortField,
    SandboxState,
)
from daytona_httpx.query import list_params


def test_without_filters_only_the_size_of_a_page_is_sent() -> None:
    assert list_params(ListSandboxesQuery()) == {"limit": 200}


def test_every_filter_has_its_name_on_the_wire() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    query = ListSandboxesQuery(
        limit=5, id="i", name="n", labels={"a": "b"}, states=[SandboxState.STARTED, "stopped"],
        targets=["us"], min_memory_gib=2, is_public=True, last_activity_after=at, created_at_before=at,
        auto_destroy_at_after=at, sort=SandboxListSortField.NAME,
        order=SandboxListSortDirection.ASC,
    )  # fmt: skip
    assert list_params(query) == {
        "limit": 5, "id": "i", "name": "n", "labels": '{"a": "b"}', "states": ["started", "stopped"],
        "regionIds": ["us"], "minMemoryGiB": 2, "isPublic": True, "lastEventAfter": at.isoformat(),
        "createdAtBefore": at.isoformat(), "autoDestroyAtAfter": at.isoformat(), "sort": "name",
        "order": "asc",
    }  # fmt: skip


def test_a_page_has_at_least_one() -> None:
    with pytest.raises(DaytonaValidationError, match="limit"):
        list_params(ListSandboxesQuery(limit=0))
