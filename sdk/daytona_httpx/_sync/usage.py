# Generated from _async by `make generate`; do not edit.
"""Usage: what an organization uses, and what it may use."""

from __future__ import annotations

from daytona_httpx._sync.analytics import Analytics
from daytona_httpx._sync.group import Group
from daytona_httpx._sync.transport import Transport
from daytona_httpx.answers import items_of
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.usage import (
    AggregatedUsage,
    AvailableSandboxClass,
    GpuCapacityResponse,
    OrganizationUsageOverview,
    RegionQuota,
    SandboxUsage,
    UsageChartPoint,
    UsagePeriod,
)
from daytona_httpx.wire import Moment, given, moment


class Usage(Group):
    """Look up quotas, how much of them is used, and what was used over time.

    What was used over time is told by the analytics API, which not every Daytona has.
    """

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport)
        self._analytics = Analytics(transport)

    def get(self, organization_id: str) -> OrganizationUsageOverview:
        """Return what is used now (get organization usage overview); needs a user's token."""
        path = ("organizations", organization_id, "usage")
        return self._one(OrganizationUsageOverview, "get usage", "GET", path)

    def list_sandbox_classes(self, organization_id: str) -> list[AvailableSandboxClass]:
        """Return which kinds of sandboxes can be made where (list available sandbox classes).

        Needs a user's token.
        """
        path = ("organizations", organization_id, "available-sandbox-classes")
        return self._many(AvailableSandboxClass, "list sandbox classes", path)

    def get_gpu_capacity(self, organization_id: str) -> GpuCapacityResponse:
        """Return which GPUs are free (get gpu capacity).

        Needs a user's token, and a server newer than 0.205.
        """
        path = ("organizations", organization_id, "gpu-capacity")
        return self._one(GpuCapacityResponse, "get GPU capacity", "GET", path)

    def get_region_quota_of_sandbox(self, sandbox_id: str) -> RegionQuota:
        """Return the quota that a sandbox counts for (get region quota by sandbox id).

        Needs a service's key.
        """
        path = ("sandbox", sandbox_id, "region-quota")
        return self._one(RegionQuota, "get region quota of sandbox", "GET", path)

    def list_periods(
        self, organization_id: str, sandbox_id: str, start: Moment, end: Moment
    ) -> list[UsagePeriod]:
        """Return what a sandbox held, from change to change, the first first (analytics: sandbox usage).

        Args:
            organization_id: Whose sandbox it is (``sandbox.organization_id``).
            sandbox_id: The sandbox's id; it may be gone.
            start: From when.
            end: Until when.

        Raises:
            DaytonaServiceUnavailableError: There is no analytics API.
        """
        with prefixed("Failed to list usage periods: "):
            path = ("sandbox", sandbox_id, "usage")
            answer = self._analytics.get(organization_id, path, _range(start, end))
            return [parse(UsagePeriod, item) for item in items_of(answer)]

    def get_aggregated(self, organization_id: str, start: Moment, end: Moment) -> AggregatedUsage:
        """Return what all sandboxes used in a time (analytics: aggregated usage); as ``list_periods``."""
        with prefixed("Failed to get aggregated usage: "):
            path = ("usage", "aggregated")
            return parse(AggregatedUsage, self._analytics.get(organization_id, path, _range(start, end)))

    def list_by_sandbox(self, organization_id: str, start: Moment, end: Moment) -> list[SandboxUsage]:
        """Return what each sandbox used in a time (analytics: usage by sandbox); as ``list_periods``."""
        with prefixed("Failed to list usage by sandbox: "):
            answer = self._analytics.get(organization_id, ("usage", "sandbox"), _range(start, end))
            return [parse(SandboxUsage, item) for item in items_of(answer)]

    def get_chart(
        self, organization_id: str, start: Moment, end: Moment, region: str | None = None
    ) -> list[UsageChartPoint]:
        """Return what was held at the moments of a time (analytics: usage chart); as ``list_periods``.

        Args:
            organization_id: Whose usage it is.
            start: From when.
            end: Until when.
            region: Only this region's; all when left out.
        """
        with prefixed("Failed to get usage chart: "):
            params = _range(start, end) | given(region=region)
            answer = self._analytics.get(organization_id, ("usage", "chart"), params)
            return [parse(UsageChartPoint, item) for item in items_of(answer)]


def _range(start: Moment, end: Moment) -> dict[str, object]:
    return {"from": moment(start), "to": moment(end)}
