# Generated from _async by `make generate`; do not edit.
"""Roles: what the members of an organization may do."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._sync.group import Group
from daytona_httpx.models.role import OrganizationRole


class Roles(Group):
    """Make, find, change and delete an organization's roles."""

    def list(self, organization_id: str) -> builtins.list[OrganizationRole]:
        """Return all roles, the global ones too (list organization roles); needs a user's token."""
        return self._many(OrganizationRole, "list roles", ("organizations", organization_id, "roles"))

    def create(
        self, organization_id: str, name: str, description: str, permissions: Sequence[str]
    ) -> OrganizationRole:
        """Make a role (create organization role); needs an owner's token.

        Args:
            organization_id: The organization's id.
            name: Its name.
            description: What it is for.
            permissions: What it allows, such as ``write:sandboxes``.
        """
        body = {"name": name, "description": description, "permissions": [*permissions]}
        path = ("organizations", organization_id, "roles")
        return self._one(OrganizationRole, "create role", "POST", path, json=body)

    def update(
        self, organization_id: str, role_id: str, name: str, description: str, permissions: Sequence[str]
    ) -> OrganizationRole:
        """Replace what a role is (update organization role); needs an owner's token.

        Args:
            organization_id: The organization's id.
            role_id: The role's id.
            name: Its name.
            description: What it is for.
            permissions: All that it allows.
        """
        body = {"name": name, "description": description, "permissions": [*permissions]}
        path = ("organizations", organization_id, "roles", role_id)
        return self._one(OrganizationRole, "update role", "PUT", path, json=body)

    def delete(self, organization_id: str, role_id: str) -> None:
        """Delete a role (delete organization role); needs an owner's token."""
        self._delete("delete role", ("organizations", organization_id, "roles", role_id))
