"""Tell how much of an organization's quotas is left."""

from __future__ import annotations

from daytona_httpx import DaytonaAuthenticationError, DaytonaForbiddenError, DaytonaNotFoundError
from daytona_httpx.models.usage import OrganizationUsageOverview, RegionUsageOverview

from pulumi_daytona.core.doctor_finding import Finding, Status
from pulumi_daytona.core.session import Session

_RAISE = "destroy what is not needed, or raise the limit in Daytona's dashboard"
_SIZES = (("cpu", "cores"), ("memory", "GiB memory"), ("disk", "GiB disk"))


async def quota_findings(session: Session, organization_id: str | None) -> list[Finding]:
    """Return how much is left, by region (get organization usage overview).

    Args:
        session: The session.
        organization_id: The organization; None when the key doesn't tell it.

    Raises:
        DaytonaError: The API failed; that a key may not see quotas is no failure.
    """
    if organization_id is None:
        return [Finding("quota", Status.OK, "not shown: the organization isn't known")]
    try:
        usage = await session.client.usage.get(organization_id)
    except (DaytonaAuthenticationError, DaytonaForbiddenError, DaytonaNotFoundError):
        return [Finding("quota", Status.OK, "not shown: this key may not see it; the dashboard does")]
    return [*map(_in_region, usage.region_usage), _overall(usage)]


def _in_region(usage: RegionUsageOverview) -> Finding:
    parts, exhausted = [], []
    for name, words in _SIZES:
        total = getattr(usage, f"total_{name}_quota")
        if total is None:
            continue
        left = total - getattr(usage, f"current_{name}_usage")
        parts.append(f"{left:.10g} of {total:.10g} {words}")
        exhausted += [words] if left <= 0 else []
    where = usage.region_id + (f" ({usage.sandbox_class})" if usage.sandbox_class else "")
    return _finding(f"left in {where}: {', '.join(parts) or 'no limits'}", exhausted)


def _overall(usage: OrganizationUsageOverview) -> Finding:
    totals = {
        "snapshots": (usage.total_snapshot_quota, usage.current_snapshot_usage),
        "volumes": (usage.total_volume_quota, usage.current_volume_usage),
    }
    left = {name: (total - used, total) for name, (total, used) in totals.items() if total is not None}
    text = ", ".join(f"{rest} of {total} {name}" for name, (rest, total) in left.items())
    return _finding(
        f"left in all: {text or 'no limits'}", [name for name, (rest, _) in left.items() if rest <= 0]
    )


def _finding(text: str, exhausted: list[str]) -> Finding:
    status = Status.WARNING if exhausted else Status.OK
    return Finding("quota", status, text, _RAISE if exhausted else "")
