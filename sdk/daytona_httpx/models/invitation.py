"""The wire model of invitations to an organization."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.role import OrganizationRole


class OrganizationInvitation(WireModel):
    """Hold an invitation: ``pending``, ``accepted``, ``declined`` or ``cancelled``.

    Example:
        >>> answer = {"id": "i", "email": "a@example.com", "status": "pending", "role": "member"}
        >>> OrganizationInvitation.model_validate(answer).status
        'pending'
    """

    id: str
    email: str
    organization_id: str = ""
    organization_name: str = ""
    invited_by: str = ""
    status: str = ""
    role: str = ""
    assigned_roles: list[OrganizationRole] = Field(default_factory=list)
    expires_at: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
