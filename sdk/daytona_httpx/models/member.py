"""The wire model of an organization's members."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.role import OrganizationRole


class OrganizationUser(WireModel):
    """Hold a member of an organization: ``owner``, or ``member`` with roles.

    Example:
        >>> organization = daytona.organizations.list()[0]
        >>> [member.role for member in daytona.members.list(organization.id)]
        ['owner']
    """

    user_id: str
    organization_id: str
    name: str = ""
    email: str = ""
    role: str = ""
    assigned_roles: list[OrganizationRole] = Field(default_factory=list)
    created_at: str | None = None
    updated_at: str | None = None
