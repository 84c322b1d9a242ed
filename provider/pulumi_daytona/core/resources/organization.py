"""The organization: who owns sandboxes and all else, and how its new sandboxes are made."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from daytona_httpx import Organization
from pydantic import Field

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs, or_removed
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import NAME, Name


class OrganizationInputs(ResourceInputs):
    """Say what an organization should be."""

    name: Annotated[Name | None, replaces(), doc(NAME)] = None
    default_region_id: Annotated[Name, in_place(), doc("Where its sandboxes run unless they say otherwise.")]
    default_queue_timeout: Annotated[
        Annotated[int, Field(ge=1)] | None,
        in_place(0),
        doc("Minutes that sandboxes wait for a runner unless they say otherwise; no limit when left out."),
    ] = None
    experimental_config: Annotated[
        dict[str, Any] | None, in_place({}), doc("Settings of what is being tried out.")
    ] = None
    limited_network_egress: Annotated[
        bool | None,
        in_place(),
        doc("Whether its new sandboxes reach little of the internet; needs an administrator's key."),
    ] = None
    preview_warning_enabled: Annotated[
        bool | None, in_place(), doc("Whether previews begin with a warning; not on the newest servers.")
    ] = None
    sso_enabled: Annotated[
        bool | None,
        in_place(),
        doc("Whether it may have identity providers of its own; not on the newest servers."),
    ] = None


class OrganizationOutputs(OutputModel):
    """Tell what can be read of an organization."""

    name: Annotated[str, doc("Its name in Daytona.")]
    created_by: Annotated[str, doc("Id of the user who made it.")]
    default_region_id: Annotated[str | None, doc("Where its sandboxes run unless they say otherwise.")]
    default_queue_timeout: Annotated[int | None, doc("Minutes that sandboxes wait for a runner.")]
    experimental_config: Annotated[dict[str, Any] | None, doc("Settings of what is being tried out.")]
    limited_network_egress: Annotated[bool | None, doc("Whether its new sandboxes reach little.")]
    preview_warning_enabled: Annotated[bool | None, doc("Whether previews begin with a warning.")]
    sso_enabled: Annotated[bool | None, doc("Whether it may have identity providers of its own.")]
    suspended: Annotated[bool, doc("Whether it may make nothing for now.")]
    suspension_reason: Annotated[str | None, doc("Why.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class OrganizationVerbs(RecordVerbs[OrganizationInputs]):
    """Make, read, change and remove an organization."""

    noun: ClassVar[str] = "organization"

    async def make(self, session: Session, inputs: OrganizationInputs) -> Live:
        """Make an organization, or take over the one that an earlier create left behind."""
        organizations = session.client.organizations
        settings = {name: value for name, value in inputs.plain().items() if name != "default_region_id"}

        async def make(name: str) -> Live:
            made = await organizations.create(name, inputs.default_region_id)
            async with or_removed(lambda: organizations.delete(made.id)):
                return await _set(session, made.id, settings)

        async def find(name: str) -> list[Organization]:
            return [each for each in await organizations.list() if each.name == name]

        async def adopt(organization: Organization) -> Live:
            return await _set(session, organization.id, inputs.plain())

        claim = Claim(make, find, lambda each: organizations.delete(each.id), adopt, unique=False)
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the organization as it is."""
        return _live(await session.client.organizations.get(resource_id))

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationInputs
    ) -> Live:
        """Set what differs, each by a call of its own."""
        return await _set(session, resource_id, changed_values(state, inputs))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the organization and all that it has."""
        await session.client.organizations.delete(resource_id)


ORGANIZATION: Definition[OrganizationInputs] = Definition(
    name="Organization",
    doc="Declare an organization (create organization).\n\n"
    "It needs a user's token (``daytona:jwtToken``). Removing it removes all that it has. Daytona allows a "
    "name more than once: what a create that was cut short has left behind is found again by the name that "
    "follows from who the resource is; where the program fixes the name it can't be told.",
    inputs=OrganizationInputs,
    outputs=OrganizationOutputs,
    verbs=OrganizationVerbs(),
)


async def _set(session: Session, organization_id: str, values: dict[str, Any]) -> Live:
    """Make the calls that the values need, and return the organization as it is then."""
    organizations = session.client.organizations
    if "default_region_id" in values:
        await organizations.set_default_region(organization_id, values["default_region_id"])
    if "default_queue_timeout" in values:
        minutes = values["default_queue_timeout"] or None
        await organizations.set_default_queue_timeout(organization_id, minutes)
    if "experimental_config" in values:
        await organizations.update_experimental_config(organization_id, values["experimental_config"] or None)
    if "limited_network_egress" in values:
        await organizations.set_limited_network_egress(organization_id, values["limited_network_egress"])
    if "preview_warning_enabled" in values:
        await organizations.set_preview_warning(organization_id, values["preview_warning_enabled"])
    if "sso_enabled" in values:
        await organizations.set_sso_enabled(organization_id, values["sso_enabled"])
    return _live(await organizations.get(organization_id))


def _live(organization: Organization) -> Live:
    limited = organization.sandbox_limited_network_egress
    return Live(organization.id, OrganizationOutputs.of(organization, limited_network_egress=limited))
