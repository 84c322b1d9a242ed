"""The wire model of an organization's roles."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class OrganizationRole(WireModel):
    """Hold a role: what its members may do, such as ``write:sandboxes``.

    Example:
        >>> organization = daytona.organizations.list()[0]
        >>> roles = daytona.roles.list(organization.id)
        >>> all(role.permissions for role in roles if role.is_global)
        True
    """

    id: str
    name: str
    description: str = ""
    permissions: list[str] = Field(default_factory=list)
    is_global: bool = False
    created_at: str | None = None
    updated_at: str | None = None
