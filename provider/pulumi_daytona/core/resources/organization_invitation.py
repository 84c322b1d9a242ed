"""The invitation: how someone becomes a member of an organization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from daytona_httpx import DaytonaConflictError, OrganizationInvitation

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import ADOPT, ORGANIZATION, Moment, Name, Texts, same_items, same_moment


class OrganizationInvitationInputs(ResourceInputs):
    """Say what an invitation should be."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    email: Annotated[Name, replaces(), doc("The address of the one who is invited.")]
    role: Annotated[Literal["owner", "member"], in_place(), doc("owner or member.")]
    assigned_role_ids: Annotated[
        Texts, in_place(same=same_items), doc("Ids of the roles of a member; none for an owner.")
    ]
    expires_at: Annotated[
        Moment | None,
        in_place(same=same_moment),
        doc("Until when it can be accepted, for example ``2030-01-31T12:00:00Z``; the API's default else."),
    ] = None
    adopt: Annotated[bool | None, provider_only(), doc(ADOPT)] = None


class OrganizationInvitationOutputs(OutputModel):
    """Tell what can be read of an invitation."""

    organization_id: Annotated[str, doc("Id of the organization.")]
    organization_name: Annotated[str, doc("Its name.")]
    email: Annotated[str, doc("The address of the one who is invited.")]
    status: Annotated[str, doc("pending, or accepted when the user is a member.")]
    role: Annotated[str, doc("owner or member.")]
    assigned_role_ids: Annotated[list[str], doc("Ids of the roles that are offered.")]
    invited_by: Annotated[str, doc("Who invites.")]
    expires_at: Annotated[str | None, doc("Until when it can be accepted.")]
    created_at: Annotated[str | None, doc("When it was sent.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class OrganizationInvitationVerbs(RecordVerbs[OrganizationInvitationInputs]):
    """Send, read, change and cancel an invitation."""

    noun: ClassVar[str] = "invitation"
    title: ClassVar[str] = "email"

    async def make(self, session: Session, inputs: OrganizationInvitationInputs) -> Live:
        """Send an invitation, or take over the one that waits already where the program says so."""
        invitations = session.client.invitations
        organization_id = organization_of(session, inputs.organization_id)

        async def make(email: str) -> Live:
            offer = (inputs.role, inputs.assigned_role_ids, inputs.expires_at)
            return _live(await invitations.create(organization_id, email, *offer))

        async def find(email: str) -> list[OrganizationInvitation]:
            there = await invitations.list(organization_id)
            return [invitation for invitation in there if invitation.email == email]

        async def cancel(invitation: OrganizationInvitation) -> None:
            await invitations.cancel(organization_id, invitation.id)

        async def adopt(invitation: OrganizationInvitation) -> Live:
            return await _offered(session, organization_id, invitation.id, inputs)

        claim = Claim(make, find, cancel, adopt)
        return await claim.run(session, inputs.email, inputs.owner or self.noun, adopt=inputs.adopt is True)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the invitation as it is: one that was accepted is no longer listed, but made a member."""
        organization_id = state["organization_id"]
        invitations = await session.client.invitations.list(organization_id)
        waiting = next((_live(each) for each in invitations if each.id == resource_id), None)
        if waiting:
            return waiting
        members = await session.client.members.list(organization_id)
        if not any(member.email == state["email"] for member in members):
            return None
        kept = {name: state.get(name) for name in OrganizationInvitationOutputs.names()}
        return Live(resource_id, {**kept, "status": "accepted"})

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationInvitationInputs
    ) -> Live:
        """Replace what is offered."""
        live = await super().change(session, resource_id, state, inputs)
        if not changed_values(state, inputs):
            return live
        if live.attributes["status"] == "accepted":
            raise DaytonaConflictError(
                "it was accepted; declare an OrganizationMember for what the user may do"
            )
        return await _offered(session, state["organization_id"], resource_id, inputs)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Cancel the invitation; one that was accepted stays a membership."""
        live = await self.get(session, resource_id, state)
        if live is not None and live.attributes["status"] != "accepted":
            await session.client.invitations.cancel(state["organization_id"], resource_id)


def invitation_rules(inputs: OrganizationInvitationInputs) -> Iterator[Failure]:
    """Yield what can't be an invitation."""
    if isinstance(inputs.email, str) and ("@" not in inputs.email.strip("@") or " " in inputs.email):
        yield Failure("email", f"needs an address such as ada@example.com, got {inputs.email!r}")


ORGANIZATION_INVITATION: Definition[OrganizationInvitationInputs] = Definition(
    name="OrganizationInvitation",
    doc="Declare an invitation to an organization (create organization invitation).\n\n"
    "It needs an owner's token (``daytona:jwtToken``). When it was accepted it stays in the state as such, "
    "and destroying it leaves the member. An address has one invitation; whose it is can't be told: what a "
    "create that was cut short has left behind is an error for the next one, unless ``adopt`` is set.",
    inputs=OrganizationInvitationInputs,
    outputs=OrganizationInvitationOutputs,
    verbs=OrganizationInvitationVerbs(),
    rules=invitation_rules,
    unique_name="email",
)


async def _offered(
    session: Session, organization_id: str, invitation_id: str, inputs: OrganizationInvitationInputs
) -> Live:
    offer = (inputs.role, inputs.assigned_role_ids, inputs.expires_at)
    return _live(await session.client.invitations.update(organization_id, invitation_id, *offer))


def _live(invitation: OrganizationInvitation) -> Live:
    roles = [role.id for role in invitation.assigned_roles]
    return Live(invitation.id, OrganizationInvitationOutputs.of(invitation, assigned_role_ids=roles))
