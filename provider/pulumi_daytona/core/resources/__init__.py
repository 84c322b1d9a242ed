"""The resources, each declared once in a module of its own; ``Sandbox`` is the largest, so it is a folder."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_daytona.core.definition import Definition

RESOURCES = (
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
)
"""Every kind of resource; ``OrganizationRole`` is ``ORGANIZATION_ROLE`` in ``organization_role.py``."""


def module_of(name: str) -> str:
    """Return the name of the module of a kind of resource, for example ``organization_role``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def definition_of(name: str) -> Definition[Any]:
    """Return the definition of a kind of resource; its module is imported when it is first asked for."""
    module = import_module(f"{__name__}.{module_of(name)}")
    found: Definition[Any] = getattr(module, module_of(name).upper())
    return found
