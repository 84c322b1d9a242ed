"""The members of organizations; the one who makes an organization owns it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ForbiddenError, NotFoundError
from daytona_local.records import Record
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.store import Store
from daytona_local.users import USER_ID

OWNER = "owner"
MEMBER = "member"
MEMBER_ROLES = (OWNER, MEMBER)


class Member(Record):
    """Hold a user's membership."""

    kind: ClassVar[str] = "member"

    user_id: str
    role: str = MEMBER
    assigned_role_ids: list[str] = Field(default_factory=list)

    @property
    def key(self) -> str | None:
        """Return who is a member of what."""
        return f"{self.organization_id}/{self.user_id}"


class Members(Collection[Member]):
    """Keep who belongs to which organization."""

    record = Member
    missing = "User with ID {} not found in organization"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        if not self.all():
            self.add_owner(ORGANIZATION_ID)

    def add_owner(self, organization_id: str) -> None:
        """Let the own user own an organization."""
        self.add(Member(organization_id=organization_id, user_id=USER_ID, role=OWNER))

    def of(self, organization_id: str, user_id: str) -> Member | None:
        """Return a user's membership, None where there is none."""
        return self._table.named(f"{organization_id}/{user_id}")

    def must(self, organization_id: str, user_id: str) -> Member:
        """Return a user's membership.

        Raises:
            NotFoundError: There is none.
        """
        found = self.of(organization_id, user_id)
        if found is None:
            raise NotFoundError(f"User with ID {user_id} not found in organization with ID {organization_id}")
        return found

    def set_access(self, member: Member, role: str, role_ids: list[str]) -> Member:
        """Replace what a member may do.

        Raises:
            ForbiddenError: The organization would have no owner.
        """
        if role != OWNER and self._is_last_owner(member):
            raise ForbiddenError("The organization must have at least one owner")
        return self.change(member, role=role, assigned_role_ids=role_ids)

    def expel(self, member: Member) -> None:
        """End a membership.

        Raises:
            ForbiddenError: The organization would have no owner.
        """
        if self._is_last_owner(member):
            raise ForbiddenError(
                f"Organization with ID {member.organization_id} must have at least one owner"
            )
        self.remove(member)

    def clear(self) -> None:
        """Forget all but that the own user owns the own organization."""
        super().clear()
        self.add_owner(ORGANIZATION_ID)

    def _is_last_owner(self, member: Member) -> bool:
        owners = [one for one in self.all(member.organization_id) if one.role == OWNER]
        return owners == [member]
