# Generated from _async by `make generate`; do not edit.
"""The groups of operations that hang off the client, each imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from daytona_httpx._sync.transport import Transport

if TYPE_CHECKING:
    from daytona_httpx._sync.admin import Admin
    from daytona_httpx._sync.api_keys import ApiKeys
    from daytona_httpx._sync.audit import Audit
    from daytona_httpx._sync.docker_registries import DockerRegistries
    from daytona_httpx._sync.identity_providers import IdentityProviders
    from daytona_httpx._sync.invitations import Invitations
    from daytona_httpx._sync.jobs import Jobs
    from daytona_httpx._sync.members import Members
    from daytona_httpx._sync.organizations import Organizations
    from daytona_httpx._sync.otel_configs import OtelConfigs
    from daytona_httpx._sync.previews import Previews
    from daytona_httpx._sync.regions import Regions
    from daytona_httpx._sync.roles import Roles
    from daytona_httpx._sync.runners import Runners
    from daytona_httpx._sync.system import System
    from daytona_httpx._sync.telemetry import Telemetry
    from daytona_httpx._sync.usage import Usage
    from daytona_httpx._sync.users import Users
    from daytona_httpx._sync.webhooks import Webhooks


class Groups:
    """Reach the operations around sandboxes, by tag of the API."""

    _transport: Transport

    @cached_property
    def admin(self) -> Admin:
        """Return what administrators of a Daytona do."""
        from daytona_httpx._sync.admin import Admin

        return Admin(self._transport)

    @cached_property
    def api_keys(self) -> ApiKeys:
        """Return the API keys."""
        from daytona_httpx._sync.api_keys import ApiKeys

        return ApiKeys(self._transport)

    @cached_property
    def audit(self) -> Audit:
        """Return the audit log."""
        from daytona_httpx._sync.audit import Audit

        return Audit(self._transport)

    @cached_property
    def docker_registries(self) -> DockerRegistries:
        """Return the Docker registries."""
        from daytona_httpx._sync.docker_registries import DockerRegistries

        return DockerRegistries(self._transport)

    @cached_property
    def identity_providers(self) -> IdentityProviders:
        """Return the identity providers."""
        from daytona_httpx._sync.identity_providers import IdentityProviders

        return IdentityProviders(self._transport)

    @cached_property
    def invitations(self) -> Invitations:
        """Return the invitations."""
        from daytona_httpx._sync.invitations import Invitations

        return Invitations(self._transport)

    @cached_property
    def jobs(self) -> Jobs:
        """Return the jobs of a runner."""
        from daytona_httpx._sync.jobs import Jobs

        return Jobs(self._transport)

    @cached_property
    def members(self) -> Members:
        """Return the members of an organization."""
        from daytona_httpx._sync.members import Members

        return Members(self._transport)

    @cached_property
    def organizations(self) -> Organizations:
        """Return the organizations."""
        from daytona_httpx._sync.organizations import Organizations

        return Organizations(self._transport)

    @cached_property
    def otel_configs(self) -> OtelConfigs:
        """Return where telemetry goes."""
        from daytona_httpx._sync.otel_configs import OtelConfigs

        return OtelConfigs(self._transport)

    @cached_property
    def previews(self) -> Previews:
        """Return what a preview proxy asks."""
        from daytona_httpx._sync.previews import Previews

        return Previews(self._transport)

    @cached_property
    def regions(self) -> Regions:
        """Return the regions."""
        from daytona_httpx._sync.regions import Regions

        return Regions(self._transport)

    @cached_property
    def roles(self) -> Roles:
        """Return the roles of an organization."""
        from daytona_httpx._sync.roles import Roles

        return Roles(self._transport)

    @cached_property
    def runners(self) -> Runners:
        """Return the runners."""
        from daytona_httpx._sync.runners import Runners

        return Runners(self._transport)

    @cached_property
    def system(self) -> System:
        """Return the API's configuration and health."""
        from daytona_httpx._sync.system import System

        return System(self._transport)

    @cached_property
    def telemetry(self) -> Telemetry:
        """Return the telemetry of sandboxes."""
        from daytona_httpx._sync.telemetry import Telemetry

        return Telemetry(self._transport)

    @cached_property
    def usage(self) -> Usage:
        """Return the quotas and their use."""
        from daytona_httpx._sync.usage import Usage

        return Usage(self._transport)

    @cached_property
    def users(self) -> Users:
        """Return the user."""
        from daytona_httpx._sync.users import Users

        return Users(self._transport)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Return the webhooks."""
        from daytona_httpx._sync.webhooks import Webhooks

        return Webhooks(self._transport)
