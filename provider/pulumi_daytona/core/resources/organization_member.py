"""The member: what a user may do in an organization."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from daytona_httpx import OrganizationUser

from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import ORGANIZATION, Name, Texts, same_items


class OrganizationMemberInputs(ResourceInputs):
    """Say what a member should be allowed."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    user_id: Annotated[Name, replaces(), doc("Id of the user, who is a member already.")]
    role: Annotated[Literal["owner", "member"], in_place(), doc("owner or member.")]
    assigned_role_ids: Annotated[
        Texts,
        in_place(same=same_items),
        doc("Ids of the roles of a member; an owner may do everything without."),
    ]


class OrganizationMemberOutputs(OutputModel):
    """Tell what can be read of a member."""

    organization_id: Annotated[str, doc("Id of the organization.")]
    user_id: Annotated[str, doc("Id of the user.")]
    name: Annotated[str, doc("The user's name.")]
    email: Annotated[str, doc("The user's address.")]
    role: Annotated[str, doc("owner or member.")]
    assigned_role_ids: Annotated[list[str], doc("Ids of the member's roles.")]
    created_at: Annotated[str | None, doc("When the user became a member.")]
    updated_at: Annotated[str | None, doc("When this last changed.")]


class OrganizationMemberVerbs(RecordVerbs[OrganizationMemberInputs]):
    """Set, read and end what a member may do."""

    noun: ClassVar[str] = "member"
    title: ClassVar[str] = "user_id"

    async def make(self, session: Session, inputs: OrganizationMemberInputs) -> Live:
        """Set what the member may do; repeating it changes nothing."""
        return await _set(session, organization_of(session, inputs.organization_id), inputs)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the member as it is; the API has only the list of all."""
        members = await session.client.members.list(state["organization_id"])
        return next((_live(member) for member in members if member.user_id == state["user_id"]), None)

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationMemberInputs
    ) -> Live:
        """Replace what the member may do."""
        if not changed_values(state, inputs):
            return await super().change(session, resource_id, state, inputs)
        return await _set(session, state["organization_id"], inputs)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the member from the organization."""
        await session.client.members.delete(state["organization_id"], state["user_id"])


ORGANIZATION_MEMBER: Definition[OrganizationMemberInputs] = Definition(
    name="OrganizationMember",
    doc="Declare what a member of an organization may do (update access for organization member).\n\n"
    "The user is a member already: an invitation makes new ones. Destroying it removes the user from the "
    "organization; set ``retain_on_delete`` to leave the user there. It needs an owner's token "
    "(``daytona:jwtToken``).",
    inputs=OrganizationMemberInputs,
    outputs=OrganizationMemberOutputs,
    verbs=OrganizationMemberVerbs(),
)


async def _set(session: Session, organization_id: str, inputs: OrganizationMemberInputs) -> Live:
    update = session.client.members.update_access
    return _live(await update(organization_id, inputs.user_id, inputs.role, inputs.assigned_role_ids))


def _live(member: OrganizationUser) -> Live:
    roles = [role.id for role in member.assigned_roles]
    outputs = OrganizationMemberOutputs.of(member, assigned_role_ids=roles)
    return Live(f"{member.organization_id}/{member.user_id}", outputs)
