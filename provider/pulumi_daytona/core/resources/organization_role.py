"""The role: what the members of an organization who have it may do."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import OrganizationRole

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import NAME, ORGANIZATION, Name, Permission, same_items


class OrganizationRoleInputs(ResourceInputs):
    """Say what a role should be."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    name: Annotated[Name | None, in_place(), doc(NAME)] = None
    description: Annotated[Text | None, in_place(""), doc("What it is for.")] = None
    permissions: Annotated[
        list[Permission], in_place(same=same_items), doc("What it allows, such as ``write:sandboxes``.")
    ]


class OrganizationRoleOutputs(OutputModel):
    """Tell what can be read of a role."""

    organization_id: Annotated[str, doc("Id of its organization.")]
    name: Annotated[str, doc("Its name in Daytona.")]
    description: Annotated[str, doc("What it is for.")]
    permissions: Annotated[list[str], doc("What it allows.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class OrganizationRoleVerbs(RecordVerbs[OrganizationRoleInputs]):
    """Make, read, change and remove a role."""

    noun: ClassVar[str] = "role"

    async def make(self, session: Session, inputs: OrganizationRoleInputs) -> Live:
        """Make a role, or take over the one that an earlier create left behind."""
        roles, organization_id = session.client.roles, organization_of(session, inputs.organization_id)
        description, permissions = inputs.description or "", inputs.permissions

        async def make(name: str) -> Live:
            made = await roles.create(organization_id, name, description, permissions)
            return _live(made, organization_id)

        async def find(name: str) -> list[OrganizationRole]:
            there = await roles.list(organization_id)
            return [role for role in there if role.name == name and not role.is_global]

        async def adopt(role: OrganizationRole) -> Live:
            changed = await roles.update(organization_id, role.id, role.name, description, permissions)
            return _live(changed, organization_id)

        claim = Claim(make, find, lambda role: roles.delete(organization_id, role.id), adopt, unique=False)
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the role as it is; the API has only the list of all."""
        organization_id = state["organization_id"]
        roles = await session.client.roles.list(organization_id)
        return next((_live(role, organization_id) for role in roles if role.id == resource_id), None)

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationRoleInputs
    ) -> Live:
        """Replace what the role is."""
        if not changed_values(state, inputs):
            return await super().change(session, resource_id, state, inputs)
        organization_id, name = state["organization_id"], inputs.name or state["name"]
        update = session.client.roles.update
        description, permissions = inputs.description or "", inputs.permissions
        return _live(
            await update(organization_id, resource_id, name, description, permissions), organization_id
        )

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the role; members who have it lose it."""
        await session.client.roles.delete(state["organization_id"], resource_id)


ORGANIZATION_ROLE: Definition[OrganizationRoleInputs] = Definition(
    name="OrganizationRole",
    doc="Declare a role of an organization's members (create organization role).\n\n"
    "It needs an owner's token (``daytona:jwtToken``). Daytona allows a name more than once: what a create "
    "that was cut short has left behind is found again by the name that follows from who the resource is; "
    "where the program fixes the name it can't be told.",
    inputs=OrganizationRoleInputs,
    outputs=OrganizationRoleOutputs,
    verbs=OrganizationRoleVerbs(),
)


def _live(role: OrganizationRole, organization_id: str) -> Live:
    return Live(role.id, OrganizationRoleOutputs.of(role, organization_id=organization_id))
