# Generated from _async by `make generate`; do not edit.
"""Invitations to an organization: sent by its owners, answered by their users."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._sync.group import Group
from daytona_httpx.models.invitation import OrganizationInvitation
from daytona_httpx.wire import Moment, given


class Invitations(Group):
    """Send, find, change and cancel invitations; accept and decline the user's own."""

    def list(self, organization_id: str) -> builtins.list[OrganizationInvitation]:
        """Return those that wait for an answer (list organization invitations); needs a user's token."""
        path = ("organizations", organization_id, "invitations")
        return self._many(OrganizationInvitation, "list invitations", path)

    def create(
        self,
        organization_id: str,
        email: str,
        role: str,
        assigned_role_ids: Sequence[str],
        expires_at: Moment | None = None,
    ) -> OrganizationInvitation:
        """Invite someone (create organization invitation); needs an owner's token.

        Args:
            organization_id: The organization's id.
            email: Whom.
            role: ``owner`` or ``member``.
            assigned_role_ids: The roles of a member.
            expires_at: Until when it can be accepted; the server's default when left out.
        """
        body = given(email=email, role=role, assigned_role_ids=[*assigned_role_ids], expires_at=expires_at)
        path = ("organizations", organization_id, "invitations")
        return self._one(OrganizationInvitation, "create invitation", "POST", path, json=body)

    def update(
        self,
        organization_id: str,
        invitation_id: str,
        role: str,
        assigned_role_ids: Sequence[str],
        expires_at: Moment | None = None,
    ) -> OrganizationInvitation:
        """Replace what an invitation offers (update organization invitation); needs an owner's token.

        Args:
            organization_id: The organization's id.
            invitation_id: The invitation's id.
            role: ``owner`` or ``member``.
            assigned_role_ids: All roles of a member.
            expires_at: Until when it can be accepted; as it is when left out.
        """
        body = given(role=role, assigned_role_ids=[*assigned_role_ids], expires_at=expires_at)
        path = ("organizations", organization_id, "invitations", invitation_id)
        return self._one(OrganizationInvitation, "update invitation", "PUT", path, json=body)

    def cancel(self, organization_id: str, invitation_id: str) -> None:
        """Take an invitation back (cancel organization invitation); needs an owner's token."""
        path = ("organizations", organization_id, "invitations", invitation_id, "cancel")
        self._nothing("cancel invitation", "POST", path)

    def list_mine(self) -> builtins.list[OrganizationInvitation]:
        """Return the user's own invitations; needs a user's token.

        (list organization invitations for authenticated user)
        """
        path = ("organizations", "invitations")
        return self._many(OrganizationInvitation, "list own invitations", path)

    def count_mine(self) -> int:
        """Return how many invitations the user has; needs a user's token.

        (get organization invitations count for authenticated user)
        """
        return self._value(int, "count own invitations", "GET", ("organizations", "invitations", "count"))

    def accept(self, invitation_id: str) -> OrganizationInvitation:
        """Become a member (accept organization invitation); needs a user's token."""
        path = ("organizations", "invitations", invitation_id, "accept")
        return self._one(OrganizationInvitation, "accept invitation", "POST", path)

    def decline(self, invitation_id: str) -> None:
        """Refuse an invitation (decline organization invitation); needs a user's token."""
        path = ("organizations", "invitations", invitation_id, "decline")
        self._nothing("decline invitation", "POST", path)
