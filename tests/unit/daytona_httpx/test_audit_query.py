"""Filters of the audit log, with their names on the wire."""

from __future__ import annotations

from datetime import UTC, datetime

from daytona_httpx.audit_query import AuditQuery


def test_without_filters_nothing_is_sent() -> None:
    assert AuditQuery().params() == {}


def test_one_value_several_and_the_api_s_own_words() -> None:
    query = AuditQuery(
        limit=5, action="create", target_type=["sandbox", "volume"], actor_email={"not": "a@b"},
        status_code=200,
    )  # fmt: skip
    assert query.params() == {
        "limit": 5, "action[eq]": "create", "targetType[in]": ["sandbox", "volume"],
        "actorEmail[not]": "a@b", "statusCode[eq]": 200,
    }  # fmt: skip


def test_a_range_goes_by_the_names_that_every_server_knows() -> None:
    query = AuditQuery(start=datetime(2026, 1, 2, tzinfo=UTC), end="2026-01-03")
    assert query.params() == {"from": "2026-01-02T00:00:00.000Z", "to": "2026-01-03"}
