# Generated from _async by `make generate`; do not edit.
"""Members: the users of an organization."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._sync.group import Group
from daytona_httpx.models.member import OrganizationUser


class Members(Group):
    """Find, change and remove an organization's members; an invitation makes new ones."""

    def list(self, organization_id: str) -> builtins.list[OrganizationUser]:
        """Return all members (list organization members); needs a user's token."""
        path = ("organizations", organization_id, "users")
        return self._many(OrganizationUser, "list members", path)

    def update_access(
        self, organization_id: str, user_id: str, role: str, assigned_role_ids: Sequence[str]
    ) -> OrganizationUser:
        """Replace what a member may do (update access for organization member); needs an owner's token.

        Args:
            organization_id: The organization's id.
            user_id: The member's id.
            role: ``owner`` or ``member``.
            assigned_role_ids: All roles of a member; an owner may do everything without.
        """
        body = {"role": role, "assignedRoleIds": [*assigned_role_ids]}
        path = ("organizations", organization_id, "users", user_id, "access")
        return self._one(OrganizationUser, "update member", "POST", path, json=body)

    def delete(self, organization_id: str, user_id: str) -> None:
        """Remove a member (delete organization member); needs an owner's token."""
        self._delete("remove member", ("organizations", organization_id, "users", user_id))
