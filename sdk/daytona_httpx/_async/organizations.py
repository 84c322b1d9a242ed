"""Organizations: who owns what, and within which limits."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, Unpack

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.organization import Organization, OrganizationLimits
from daytona_httpx.models.usage import RegionLimits
from daytona_httpx.wire import Moment, fields, given


class AsyncOrganizations(AsyncGroup):
    """Make, find, change and delete organizations.

    "Needs a user's token" means a JWT: the API answers a key with 401.
    """

    async def list(self) -> builtins.list[Organization]:
        """Return the user's organizations (list organizations); needs a user's token."""
        return await self._many(Organization, "list organizations", ("organizations",))

    async def get(self, organization_id: str) -> Organization:
        """Return an organization (get organization); needs a user's token.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        path = ("organizations", organization_id)
        return await self._one(Organization, "get organization", "GET", path)

    async def of_sandbox(self, sandbox_id: str) -> Organization:
        """Return the organization of a sandbox (get organization by sandbox id); needs a service's key."""
        path = ("sandbox", sandbox_id, "organization")
        return await self._one(Organization, "get organization of sandbox", "GET", path)

    async def create(self, name: str, default_region_id: str) -> Organization:
        """Make an organization (create organization); needs a user's token.

        Args:
            name: Its name.
            default_region_id: Where its sandboxes run unless they say otherwise.
        """
        body = {"name": name, "defaultRegionId": default_region_id}
        return await self._one(Organization, "create organization", "POST", ("organizations",), json=body)

    async def delete(self, organization_id: str) -> None:
        """Delete an organization and all that it has (delete organization); needs an owner's token."""
        await self._delete("delete organization", ("organizations", organization_id))

    async def leave(self, organization_id: str) -> None:
        """End the user's own membership (leave organization); needs a user's token."""
        await self._nothing("leave organization", "POST", ("organizations", organization_id, "leave"))

    async def set_default_region(self, organization_id: str, region_id: str) -> None:
        """Set where sandboxes run that don't say (set organization default region).

        Needs an owner's token.
        """
        path = ("organizations", organization_id, "default-region")
        await self._nothing("set default region", "PATCH", path, json={"defaultRegionId": region_id})

    async def set_default_queue_timeout(self, organization_id: str, minutes: int | None) -> None:
        """Set how long sandboxes wait for a runner that don't say (set organization default queue timeout).

        Needs an owner's token, and a server newer than 0.205.

        Args:
            organization_id: The organization's id.
            minutes: For how long, at least 1; None is no limit.
        """
        path = ("organizations", organization_id, "default-queue-timeout")
        await self._nothing("set default queue timeout", "PATCH", path, json={"defaultQueueTimeout": minutes})

    async def update_experimental_config(
        self, organization_id: str, config: Mapping[str, Any] | None
    ) -> None:
        """Replace the settings of what is being tried out (update experimental config).

        Needs an owner's token.

        Args:
            organization_id: The organization's id.
            config: The settings; None removes them.
        """
        path = ("organizations", organization_id, "experimental-config")
        body = None if config is None else dict(config)
        await self._nothing("update experimental config", "PUT", path, json=body)

    async def update_quota(self, organization_id: str, **limits: Unpack[OrganizationLimits]) -> None:
        """Change limits; what is left out stays (update organization quota); needs an admin's key.

        Args:
            organization_id: The organization's id.
            limits: As in ``OrganizationLimits``.
        """
        path = ("organizations", organization_id, "quota")
        await self._nothing("update organization quota", "PATCH", path, json=fields(limits))

    async def update_region_quota(
        self,
        organization_id: str,
        region_id: str,
        *,
        total_cpu_quota: float | None,
        total_memory_quota: float | None,
        total_disk_quota: float | None,
        total_gpu_quota: float | None,
        sandbox_class: str | None = None,
        **limits: Unpack[RegionLimits],
    ) -> None:
        """Change the limits in a region (update organization region quota); needs an admin's key.

        Args:
            organization_id: The organization's id.
            region_id: The region's id.
            total_cpu_quota: CPUs of all sandboxes together; here and below None leaves it as it is.
            total_memory_quota: Their memory in GiB.
            total_disk_quota: Their disk in GiB.
            total_gpu_quota: Their GPUs.
            sandbox_class: For which kind of sandboxes; the server's default when left out.
            limits: As in ``RegionLimits``.
        """
        totals = {
            "total_cpu_quota": total_cpu_quota,
            "total_memory_quota": total_memory_quota,
            "total_disk_quota": total_disk_quota,
            "total_gpu_quota": total_gpu_quota,
        }
        body = given(sandbox_class=sandbox_class) | fields(totals) | fields(limits)
        path = ("organizations", organization_id, "quota", region_id)
        await self._nothing("update region quota", "PATCH", path, json=body)

    async def suspend(
        self,
        organization_id: str,
        reason: str,
        until: Moment,
        suspension_cleanup_grace_period_hours: float | None = None,
    ) -> None:
        """Let an organization make nothing for a while (suspend organization); needs an admin's key.

        Args:
            organization_id: The organization's id.
            reason: What its members are told.
            until: When it ends.
            suspension_cleanup_grace_period_hours: Hours after which its sandboxes are stopped.
        """
        hours = suspension_cleanup_grace_period_hours
        body = given(reason=reason, until=until, suspension_cleanup_grace_period_hours=hours)
        path = ("organizations", organization_id, "suspend")
        await self._nothing("suspend organization", "POST", path, json=body)

    async def unsuspend(self, organization_id: str) -> None:
        """End a suspension before its time (unsuspend organization); needs an admin's key."""
        path = ("organizations", organization_id, "unsuspend")
        await self._nothing("unsuspend organization", "POST", path)

    async def set_limited_network_egress(self, organization_id: str, limited: bool) -> None:
        """Set whether new sandboxes reach little of the internet; needs an admin's key.

        (update sandbox default limited network egress)
        """
        path = ("organizations", organization_id, "sandbox-default-limited-network-egress")
        body = {"sandboxDefaultLimitedNetworkEgress": limited}
        await self._nothing("set limited network egress", "POST", path, json=body)

    async def set_preview_warning(self, organization_id: str, enabled: bool) -> None:
        """Set whether previews begin with a warning (update organization preview warning)."""
        path = ("organizations", organization_id, "preview-warning")
        await self._nothing("set preview warning", "POST", path, json={"previewWarningEnabled": enabled})

    async def set_sso_enabled(self, organization_id: str, enabled: bool) -> None:
        """Set whether it may have identity providers of its own (update organization sso enabled)."""
        path = ("organizations", organization_id, "sso-enabled")
        await self._nothing("set single sign-on", "POST", path, json={"ssoEnabled": enabled})
