"""The groups of operations that hang off the client, each imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from daytona_httpx._async.transport import AsyncTransport

if TYPE_CHECKING:
    from daytona_httpx._async.admin import AsyncAdmin
    from daytona_httpx._async.api_keys import AsyncApiKeys
    from daytona_httpx._async.audit import AsyncAudit
    from daytona_httpx._async.docker_registries import AsyncDockerRegistries
    from daytona_httpx._async.identity_providers import AsyncIdentityProviders
    from daytona_httpx._async.invitations import AsyncInvitations
    from daytona_httpx._async.jobs import AsyncJobs
    from daytona_httpx._async.members import AsyncMembers
    from daytona_httpx._async.organizations import AsyncOrganizations
    from daytona_httpx._async.otel_configs import AsyncOtelConfigs
    from daytona_httpx._async.previews import AsyncPreviews
    from daytona_httpx._async.regions import AsyncRegions
    from daytona_httpx._async.roles import AsyncRoles
    from daytona_httpx._async.runners import AsyncRunners
    from daytona_httpx._async.system import AsyncSystem
    from daytona_httpx._async.telemetry import AsyncTelemetry
    from daytona_httpx._async.usage import AsyncUsage
    from daytona_httpx._async.users import AsyncUsers
    from daytona_httpx._async.webhooks import AsyncWebhooks


class AsyncGroups:
    """Reach the operations around sandboxes, by tag of the API."""

    _transport: AsyncTransport

    @cached_property
    def admin(self) -> AsyncAdmin:
        """Return what administrators of a Daytona do."""
        from daytona_httpx._async.admin import AsyncAdmin

        return AsyncAdmin(self._transport)

    @cached_property
    def api_keys(self) -> AsyncApiKeys:
        """Return the API keys."""
        from daytona_httpx._async.api_keys import AsyncApiKeys

        return AsyncApiKeys(self._transport)

    @cached_property
    def audit(self) -> AsyncAudit:
        """Return the audit log."""
        from daytona_httpx._async.audit import AsyncAudit

        return AsyncAudit(self._transport)

    @cached_property
    def docker_registries(self) -> AsyncDockerRegistries:
        """Return the Docker registries."""
        from daytona_httpx._async.docker_registries import AsyncDockerRegistries

        return AsyncDockerRegistries(self._transport)

    @cached_property
    def identity_providers(self) -> AsyncIdentityProviders:
        """Return the identity providers."""
        from daytona_httpx._async.identity_providers import AsyncIdentityProviders

        return AsyncIdentityProviders(self._transport)

    @cached_property
    def invitations(self) -> AsyncInvitations:
        """Return the invitations."""
        from daytona_httpx._async.invitations import AsyncInvitations

        return AsyncInvitations(self._transport)

    @cached_property
    def jobs(self) -> AsyncJobs:
        """Return the jobs of a runner."""
        from daytona_httpx._async.jobs import AsyncJobs

        return AsyncJobs(self._transport)

    @cached_property
    def members(self) -> AsyncMembers:
        """Return the members of an organization."""
        from daytona_httpx._async.members import AsyncMembers

        return AsyncMembers(self._transport)

    @cached_property
    def organizations(self) -> AsyncOrganizations:
        """Return the organizations."""
        from daytona_httpx._async.organizations import AsyncOrganizations

        return AsyncOrganizations(self._transport)

    @cached_property
    def otel_configs(self) -> AsyncOtelConfigs:
        """Return where telemetry goes."""
        from daytona_httpx._async.otel_configs import AsyncOtelConfigs

        return AsyncOtelConfigs(self._transport)

    @cached_property
    def previews(self) -> AsyncPreviews:
        """Return what a preview proxy asks."""
        from daytona_httpx._async.previews import AsyncPreviews

        return AsyncPreviews(self._transport)

    @cached_property
    def regions(self) -> AsyncRegions:
        """Return the regions."""
        from daytona_httpx._async.regions import AsyncRegions

        return AsyncRegions(self._transport)

    @cached_property
    def roles(self) -> AsyncRoles:
        """Return the roles of an organization."""
        from daytona_httpx._async.roles import AsyncRoles

        return AsyncRoles(self._transport)

    @cached_property
    def runners(self) -> AsyncRunners:
        """Return the runners."""
        from daytona_httpx._async.runners import AsyncRunners

        return AsyncRunners(self._transport)

    @cached_property
    def system(self) -> AsyncSystem:
        """Return the API's configuration and health."""
        from daytona_httpx._async.system import AsyncSystem

        return AsyncSystem(self._transport)

    @cached_property
    def telemetry(self) -> AsyncTelemetry:
        """Return the telemetry of sandboxes."""
        from daytona_httpx._async.telemetry import AsyncTelemetry

        return AsyncTelemetry(self._transport)

    @cached_property
    def usage(self) -> AsyncUsage:
        """Return the quotas and their use."""
        from daytona_httpx._async.usage import AsyncUsage

        return AsyncUsage(self._transport)

    @cached_property
    def users(self) -> AsyncUsers:
        """Return the user."""
        from daytona_httpx._async.users import AsyncUsers

        return AsyncUsers(self._transport)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Return the webhooks."""
        from daytona_httpx._async.webhooks import AsyncWebhooks

        return AsyncWebhooks(self._transport)
