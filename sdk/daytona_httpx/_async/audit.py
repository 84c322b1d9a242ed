"""The audit log: who did what."""

from __future__ import annotations

from collections.abc import AsyncIterator

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.audit_query import AuditQuery
from daytona_httpx.models.audit import AuditLog, AuditScenarios, PaginatedAuditLogs
from daytona_httpx.wire import given


class AsyncAudit(AsyncGroup):
    """Look into an organization's audit log."""

    def list(self, organization_id: str, query: AuditQuery | None = None) -> AsyncIterator[AuditLog]:
        """Yield records, page by page (get organization audit logs).

        Needs the permission ``read:audit_logs``.

        Args:
            organization_id: The organization's id.
            query: Which ones; all by default.
        """
        path, params = _path(organization_id), (query or AuditQuery()).params()
        return self._pages(PaginatedAuditLogs, "list audit logs", path, params)

    async def list_page(
        self,
        organization_id: str,
        query: AuditQuery | None = None,
        *,
        page: int | None = None,
        next_token: str | None = None,
    ) -> PaginatedAuditLogs:
        """Return one page of records (get organization audit logs).

        Needs the permission ``read:audit_logs``.

        Args:
            organization_id: The organization's id.
            query: Which ones; all by default.
            page: Which page, from 1; the first by default.
            next_token: That of the page before; wins over the page.
        """
        params = (query or AuditQuery()).params() | given(page=page, next_token=next_token)
        path = _path(organization_id)
        return await self._one(PaginatedAuditLogs, "list audit logs", "GET", path, params=params)

    async def get_scenarios(self) -> AuditScenarios:
        """Return which actions the log may have; anyone may ask (get audit scenarios)."""
        return await self._one(AuditScenarios, "get audit scenarios", "GET", ("audit", "scenarios"))


def _path(organization_id: str) -> tuple[str, ...]:
    return ("audit", "organizations", organization_id)
