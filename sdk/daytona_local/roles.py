"""The roles of an organization's members: those that every organization has, and its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from daytona_local.api_keys import PERMISSIONS
from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ForbiddenError, InvalidError
from daytona_local.records import Record
from daytona_local.store import Store


class Role(Record):
    """Hold a role and what it allows."""

    kind: ClassVar[str] = "role"

    name: str
    description: str = ""
    permissions: list[str] = Field(default_factory=list)
    is_global: bool = False


def _global(number: int, name: str, description: str, *permissions: str) -> Role:
    role_id = f"00000000-0000-0000-0000-{number:012}"
    return Role(id=role_id, name=name, description=description, permissions=[*permissions], is_global=True)


DEVELOPER = "00000000-0000-0000-0000-000000000001"
GLOBAL = (
    _global(1, "Developer", "Makes sandboxes", "write:sandboxes"),
    _global(2, "Sandboxes Admin", "Manages sandboxes", "write:sandboxes", "delete:sandboxes"),
    _global(3, "Snapshots Admin", "Manages snapshots", "write:snapshots", "delete:snapshots"),
    _global(4, "Registries Admin", "Manages registries", "write:registries", "delete:registries"),
    _global(5, "Super Admin", "Does everything", *PERMISSIONS),
    _global(
        6, "Volumes Admin", "Manages volumes", "read:volumes", "write:volumes", "delete:volumes"
    ),
    _global(7, "Auditor", "Reads the audit log", "read:audit_logs"),
    _global(
        8, "Infrastructure Admin", "Manages regions and runners",
        "write:regions", "delete:regions", "read:runners", "write:runners", "delete:runners",
    ),
)  # fmt: skip


class Roles(Collection[Role]):
    """Keep the roles of organizations, beside the global ones."""

    record = Role
    missing = "Organization role with ID {} not found"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._globals = {role.id: role for role in GLOBAL}

    def all(self, organization_id: str = "") -> list[Role]:
        """Return the global roles and those of an organization."""
        return [*GLOBAL, *super().all(organization_id)]

    def get(self, record_id: str) -> Role:
        """Return a role by its id.

        Raises:
            NotFoundError: There is none.
        """
        return self._globals.get(record_id) or super().get(record_id)

    def own(self, organization_id: str, role_id: str, doing: str) -> Role:
        """Return a role that can be changed.

        Raises:
            NotFoundError: There is none.
            ForbiddenError: It is global.
        """
        if role_id in self._globals:
            raise ForbiddenError(f"Global roles cannot be {doing}")
        return self.owned(organization_id, role_id)

    def checked(self, role_ids: Iterable[str]) -> list[str]:
        """Return ids of roles, each once.

        Raises:
            InvalidError: There is no role of one of them.
        """
        found = [*dict.fromkeys(role_ids)]
        if any(role_id not in self._globals and self._table.get(role_id) is None for role_id in found):
            raise InvalidError("One or more role IDs are invalid")
        return found

    def named(self, role_ids: Iterable[str]) -> list[Role]:
        """Return the roles of these ids that there still are."""
        found = (self._globals.get(role_id) or self._table.get(role_id) for role_id in role_ids)
        return [role for role in found if role is not None]
