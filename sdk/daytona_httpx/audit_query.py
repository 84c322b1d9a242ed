"""Which records of the audit log to list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daytona_httpx.wire import Moment, given, moment

Filter = str | int | Sequence[str] | Sequence[int] | Mapping[str, Any]
"""One value, several of which any will do, or the API's own words: {"not": "x"}, {"notIn": [...]}; for
numbers {"gte": 400, "lt": 500} too."""


@dataclass
class AuditQuery:
    """Say which records to list; every field narrows.

    Attributes:
        limit: How many on a page, 1 to 200.
        start: From when.
        end: Until when.

    Example:
        >>> organization = daytona.organizations.list()[0]
        >>> query = AuditQuery(limit=1, target_type="sandbox")
        >>> next(daytona.audit.list(organization.id, query)).target_type
        'sandbox'
    """

    limit: int | None = None
    start: Moment | None = None
    end: Moment | None = None
    id: Filter | None = None
    actor_id: Filter | None = None
    actor_email: Filter | None = None
    actor_api_key_prefix: Filter | None = None
    actor_api_key_suffix: Filter | None = None
    action: Filter | None = None
    target_type: Filter | None = None
    target_id: Filter | None = None
    status_code: Filter | None = None

    def params(self) -> dict[str, Any]:
        """Return the parameters of the list request.

        The range goes by its older names, which every server knows.
        """
        filters = {name: value for name, value in vars(self).items() if name not in _PLAIN}
        params: dict[str, Any] = given(limit=self.limit)
        params |= {"from": moment(self.start)} if self.start else {}
        params |= {"to": moment(self.end)} if self.end else {}
        for name, value in given(**filters).items():
            params |= {f"{name}[{word}]": said for word, said in _words(value).items()}
        return params


_PLAIN = frozenset({"limit", "start", "end"})


def _words(value: Filter) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    return {"eq": value} if isinstance(value, str | int) else {"in": [*value]}
