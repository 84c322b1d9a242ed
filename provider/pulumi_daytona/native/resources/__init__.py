# Generated from the core by `make generate`; do not edit.
"""Where the class of each resource is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_daytona.native.resources.admin_organization_region_quota import (
        AdminOrganizationRegionQuota,
    )
    from pulumi_daytona.native.resources.admin_runner import AdminRunner
    from pulumi_daytona.native.resources.api_key import ApiKey
    from pulumi_daytona.native.resources.docker_registry import DockerRegistry
    from pulumi_daytona.native.resources.git_repository import GitRepository
    from pulumi_daytona.native.resources.identity_provider import IdentityProvider
    from pulumi_daytona.native.resources.organization import Organization
    from pulumi_daytona.native.resources.organization_invitation import (
        OrganizationInvitation,
    )
    from pulumi_daytona.native.resources.organization_member import OrganizationMember
    from pulumi_daytona.native.resources.organization_otel_config import (
        OrganizationOtelConfig,
    )
    from pulumi_daytona.native.resources.organization_quota import OrganizationQuota
    from pulumi_daytona.native.resources.organization_role import OrganizationRole
    from pulumi_daytona.native.resources.preview_url import PreviewUrl
    from pulumi_daytona.native.resources.region import Region
    from pulumi_daytona.native.resources.runner import Runner
    from pulumi_daytona.native.resources.sandbox_command import SandboxCommand
    from pulumi_daytona.native.resources.sandbox_file import SandboxFile
    from pulumi_daytona.native.resources.sandbox_folder import SandboxFolder
    from pulumi_daytona.native.resources.sandbox_session import SandboxSession
    from pulumi_daytona.native.resources.sandbox_snapshot import SandboxSnapshot
    from pulumi_daytona.native.resources.secret import Secret
    from pulumi_daytona.native.resources.ssh_access import SshAccess
    from pulumi_daytona.native.resources.volume import Volume
    from pulumi_daytona.native.resources.warm_pool import WarmPool
    from pulumi_daytona.native.sandbox import Sandbox
    from pulumi_daytona.native.snapshot import Snapshot

# fmt: off
__all__ = [
    "AdminOrganizationRegionQuota", "AdminRunner", "ApiKey", "DockerRegistry", "GitRepository",
    "IdentityProvider", "Organization", "OrganizationInvitation", "OrganizationMember",
    "OrganizationOtelConfig", "OrganizationQuota", "OrganizationRole", "PreviewUrl", "Region", "Runner",
    "Sandbox", "SandboxCommand", "SandboxFile", "SandboxFolder", "SandboxSession", "SandboxSnapshot",
    "Secret", "Snapshot", "SshAccess", "Volume", "WarmPool",
]
# fmt: on
MODULES = {
    "AdminOrganizationRegionQuota": "pulumi_daytona.native.resources.admin_organization_region_quota",
    "AdminRunner": "pulumi_daytona.native.resources.admin_runner",
    "ApiKey": "pulumi_daytona.native.resources.api_key",
    "DockerRegistry": "pulumi_daytona.native.resources.docker_registry",
    "GitRepository": "pulumi_daytona.native.resources.git_repository",
    "IdentityProvider": "pulumi_daytona.native.resources.identity_provider",
    "Organization": "pulumi_daytona.native.resources.organization",
    "OrganizationInvitation": "pulumi_daytona.native.resources.organization_invitation",
    "OrganizationMember": "pulumi_daytona.native.resources.organization_member",
    "OrganizationOtelConfig": "pulumi_daytona.native.resources.organization_otel_config",
    "OrganizationQuota": "pulumi_daytona.native.resources.organization_quota",
    "OrganizationRole": "pulumi_daytona.native.resources.organization_role",
    "PreviewUrl": "pulumi_daytona.native.resources.preview_url",
    "Region": "pulumi_daytona.native.resources.region",
    "Runner": "pulumi_daytona.native.resources.runner",
    "Sandbox": "pulumi_daytona.native.sandbox",
    "SandboxCommand": "pulumi_daytona.native.resources.sandbox_command",
    "SandboxFile": "pulumi_daytona.native.resources.sandbox_file",
    "SandboxFolder": "pulumi_daytona.native.resources.sandbox_folder",
    "SandboxSession": "pulumi_daytona.native.resources.sandbox_session",
    "SandboxSnapshot": "pulumi_daytona.native.resources.sandbox_snapshot",
    "Secret": "pulumi_daytona.native.resources.secret",
    "Snapshot": "pulumi_daytona.native.snapshot",
    "SshAccess": "pulumi_daytona.native.resources.ssh_access",
    "Volume": "pulumi_daytona.native.resources.volume",
    "WarmPool": "pulumi_daytona.native.resources.warm_pool",
}
