"""Invitations to organizations.

There is one user's token here, the server's own key: it answers for whoever was invited, so that an
invitation that it accepts gives the organization a member of its own.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ConflictError, ForbiddenError
from daytona_local.members import Member, Members
from daytona_local.records import Record
from daytona_local.store import Store
from daytona_local.users import USER_ID, Users

PENDING = "pending"
VALID_S = 7 * 24 * 3600


class Invitation(Record):
    """Hold an invitation."""

    kind: ClassVar[str] = "invitation"

    email: str
    invited_by: str = USER_ID
    role: str = "member"
    assigned_role_ids: list[str] = Field(default_factory=list)
    expires_at: float
    status: str = PENDING


class Invitations(Collection[Invitation]):
    """Send, change and answer invitations.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        users: Who can be invited.
        members: Whom they make.
    """

    record = Invitation
    missing = "Invitation with ID {} not found"

    def __init__(self, store: Store, clock: Clock, users: Users, members: Members) -> None:
        super().__init__(store, clock)
        self._users = users
        self._members = members

    def pending(self, organization_id: str | None = None) -> list[Invitation]:
        """Return those that wait for an answer: of one organization, or of all."""
        return [
            invitation
            for invitation in self._table
            if invitation.status == PENDING
            and not self._has_expired(invitation)
            and organization_id in (None, invitation.organization_id)
        ]

    def send(
        self, organization_id: str, email: str, role: str, role_ids: list[str], expires_at: float | None
    ) -> Invitation:
        """Invite someone.

        Raises:
            ConflictError: They belong to it, or are invited already.
        """
        address = email.strip().lower()
        user = self._users.with_email(address)
        if user is not None and self._members.of(organization_id, user.id) is not None:
            raise ConflictError(f"User with email {address} is already associated with this organization")
        if any(one.email == address for one in self.pending(organization_id)):
            raise ConflictError(f'User with email "{address}" already invited to this organization')
        invitation = Invitation(
            organization_id=organization_id,
            email=address,
            role=role,
            assigned_role_ids=role_ids,
            expires_at=expires_at or self._clock.now() + VALID_S,
        )
        return self.add(invitation)

    def open(self, invitation_id: str) -> Invitation:
        """Return one that still waits for an answer.

        Raises:
            NotFoundError: There is none.
            ForbiddenError: It has been answered, or has expired.
        """
        invitation = self.get(invitation_id)
        if self._has_expired(invitation):
            raise ForbiddenError(f"Invitation with ID {invitation_id} is expired")
        if invitation.status != PENDING:
            raise ForbiddenError(f"Invitation with ID {invitation_id} is already {invitation.status}")
        return invitation

    def accept(self, invitation_id: str) -> Invitation:
        """Make the one who was invited a member; raises as ``open``."""
        invitation = self.open(invitation_id)
        user = self._users.invited(invitation.email)
        self._members.add(
            Member(
                organization_id=invitation.organization_id,
                user_id=user.id,
                role=invitation.role,
                assigned_role_ids=invitation.assigned_role_ids,
            )
        )
        return self.change(invitation, status="accepted")

    def _has_expired(self, invitation: Invitation) -> bool:
        return invitation.expires_at <= self._clock.now()
