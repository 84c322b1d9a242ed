# Generated from the core's definitions by `make generate`; do not edit.
"""The resource classes; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_daytona.resources.admin_organization_region_quota import (
        AdminOrganizationRegionQuota,
    )
    from pulumi_daytona.resources.admin_runner import AdminRunner
    from pulumi_daytona.resources.api_key import ApiKey
    from pulumi_daytona.resources.docker_registry import DockerRegistry
    from pulumi_daytona.resources.git_repository import GitRepository
    from pulumi_daytona.resources.identity_provider import IdentityProvider
    from pulumi_daytona.resources.organization import Organization
    from pulumi_daytona.resources.organization_invitation import OrganizationInvitation
    from pulumi_daytona.resources.organization_member import OrganizationMember
    from pulumi_daytona.resources.organization_otel_config import OrganizationOtelConfig
    from pulumi_daytona.resources.organization_quota import OrganizationQuota
    from pulumi_daytona.resources.organization_role import OrganizationRole
    from pulumi_daytona.resources.preview_url import PreviewUrl
    from pulumi_daytona.resources.region import Region
    from pulumi_daytona.resources.runner import Runner
    from pulumi_daytona.resources.sandbox_command import SandboxCommand
    from pulumi_daytona.resources.sandbox_session import SandboxSession
    from pulumi_daytona.resources.sandbox_snapshot import SandboxSnapshot
    from pulumi_daytona.resources.secret import Secret
    from pulumi_daytona.resources.ssh_access import SshAccess
    from pulumi_daytona.resources.volume import Volume
    from pulumi_daytona.resources.warm_pool import WarmPool
    from pulumi_daytona.sandbox import Sandbox
    from pulumi_daytona.sandbox_file import SandboxFile
    from pulumi_daytona.sandbox_folder import SandboxFolder
    from pulumi_daytona.snapshot import Snapshot

__all__ = [
    "AdminOrganizationRegionQuota",
    "AdminRunner",
    "ApiKey",
    "DockerRegistry",
    "GitRepository",
    "IdentityProvider",
    "Organization",
    "OrganizationInvitation",
    "OrganizationMember",
    "OrganizationOtelConfig",
    "OrganizationQuota",
    "OrganizationRole",
    "PreviewUrl",
    "Region",
    "Runner",
    "Sandbox",
    "SandboxCommand",
    "SandboxFile",
    "SandboxFolder",
    "SandboxSession",
    "SandboxSnapshot",
    "Secret",
    "Snapshot",
    "SshAccess",
    "Volume",
    "WarmPool",
]

_MODULES = {
    "AdminOrganizationRegionQuota": "pulumi_daytona.resources.admin_organization_region_quota",
    "AdminRunner": "pulumi_daytona.resources.admin_runner",
    "ApiKey": "pulumi_daytona.resources.api_key",
    "DockerRegistry": "pulumi_daytona.resources.docker_registry",
    "GitRepository": "pulumi_daytona.resources.git_repository",
    "IdentityProvider": "pulumi_daytona.resources.identity_provider",
    "Organization": "pulumi_daytona.resources.organization",
    "OrganizationInvitation": "pulumi_daytona.resources.organization_invitation",
    "OrganizationMember": "pulumi_daytona.resources.organization_member",
    "OrganizationOtelConfig": "pulumi_daytona.resources.organization_otel_config",
    "OrganizationQuota": "pulumi_daytona.resources.organization_quota",
    "OrganizationRole": "pulumi_daytona.resources.organization_role",
    "PreviewUrl": "pulumi_daytona.resources.preview_url",
    "Region": "pulumi_daytona.resources.region",
    "Runner": "pulumi_daytona.resources.runner",
    "Sandbox": "pulumi_daytona.sandbox",
    "SandboxCommand": "pulumi_daytona.resources.sandbox_command",
    "SandboxFile": "pulumi_daytona.sandbox_file",
    "SandboxFolder": "pulumi_daytona.sandbox_folder",
    "SandboxSession": "pulumi_daytona.resources.sandbox_session",
    "SandboxSnapshot": "pulumi_daytona.resources.sandbox_snapshot",
    "Secret": "pulumi_daytona.resources.secret",
    "Snapshot": "pulumi_daytona.snapshot",
    "SshAccess": "pulumi_daytona.resources.ssh_access",
    "Volume": "pulumi_daytona.resources.volume",
    "WarmPool": "pulumi_daytona.resources.warm_pool",
}


def __getattr__(name: str) -> Any:
    """Import a class when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
