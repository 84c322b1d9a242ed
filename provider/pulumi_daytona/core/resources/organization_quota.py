"""The quota: the limits of an organization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import ORGANIZATION, Amount, Count, Name

_UNTOLD = "The API doesn't tell: it is compared with what was last set."


class OrganizationQuotaInputs(ResourceInputs):
    """Say what the limits should be; what is left out stays as it is."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    max_cpu_per_sandbox: Annotated[Amount | None, in_place(), doc("Cores of one sandbox.")] = None
    max_memory_per_sandbox: Annotated[Amount | None, in_place(), doc("GiB of memory of one sandbox.")] = None
    max_disk_per_sandbox: Annotated[Amount | None, in_place(), doc("GiB of disk of one sandbox.")] = None
    snapshot_quota: Annotated[Count | None, in_place(), doc(f"Snapshots. {_UNTOLD}")] = None
    max_snapshot_size: Annotated[Amount | None, in_place(), doc(f"GiB of one snapshot. {_UNTOLD}")] = None
    volume_quota: Annotated[Count | None, in_place(), doc(f"Volumes. {_UNTOLD}")] = None
    secret_quota: Annotated[Count | None, in_place(), doc("Secrets.")] = None
    max_secrets_per_sandbox: Annotated[Count | None, in_place(), doc("Secrets of one sandbox.")] = None
    authenticated_rate_limit: Annotated[Count | None, in_place(), doc("Requests per window.")] = None
    authenticated_rate_limit_ttl_seconds: Annotated[
        Count | None, in_place(), doc("Seconds of that window.")
    ] = None
    sandbox_create_rate_limit: Annotated[
        Count | None, in_place(), doc("Creates of sandboxes per window.")
    ] = None
    sandbox_create_rate_limit_ttl_seconds: Annotated[
        Count | None, in_place(), doc("Seconds of that window.")
    ] = None
    sandbox_lifecycle_rate_limit: Annotated[
        Count | None, in_place(), doc("Starts, stops and deletes of sandboxes per window.")
    ] = None
    sandbox_lifecycle_rate_limit_ttl_seconds: Annotated[
        Count | None, in_place(), doc("Seconds of that window.")
    ] = None
    snapshot_deactivation_timeout_minutes: Annotated[
        Count | None, in_place(), doc("Minutes without use until a snapshot is deactivated.")
    ] = None
    max_concurrent_snapshot_processing: Annotated[
        Count | None, in_place(), doc(f"Snapshots that are made at once. {_UNTOLD}")
    ] = None

    def limits(self) -> dict[str, Any]:
        """Return the limits that are set, by name."""
        return {name: value for name, value in self.plain().items() if name in LIMITS}


LIMITS = tuple(
    name for name in OrganizationQuotaInputs.model_fields if name not in ("owner", "organization_id")
)


class OrganizationQuotaOutputs(OutputModel):
    """Tell what can be read of the limits."""

    organization_id: Annotated[str, doc("Id of the organization.")]


class OrganizationQuotaVerbs(RecordVerbs[OrganizationQuotaInputs]):
    """Set and read the limits."""

    noun: ClassVar[str] = "quota of organization"
    title: ClassVar[str] = "organization_id"

    async def make(self, session: Session, inputs: OrganizationQuotaInputs) -> Live:
        """Set the limits; repeating it changes nothing."""
        organization_id = organization_of(session, inputs.organization_id)
        await session.client.organizations.update_quota(organization_id, **inputs.limits())
        return await _live(session, organization_id)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the limits as the organization tells them."""
        return await _live(session, resource_id)

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationQuotaInputs
    ) -> Live:
        """Set the limits that differ."""
        differs = {name: value for name, value in changed_values(state, inputs).items() if name in LIMITS}
        if differs:
            await session.client.organizations.update_quota(resource_id, **differs)
        return await _live(session, resource_id)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Leave the limits as they are: there is nothing that they could go back to."""


def quota_rules(inputs: OrganizationQuotaInputs) -> Iterator[Failure]:
    """Yield that there is nothing to set."""
    if not inputs.limits():
        yield Failure("max_cpu_per_sandbox", "set this or another limit; now there is none")


ORGANIZATION_QUOTA: Definition[OrganizationQuotaInputs] = Definition(
    name="OrganizationQuota",
    doc="Declare limits of an organization (update organization quota).\n\n"
    "Limits that are left out stay as they are, and so do all of them when it is destroyed: the API can't "
    "take one back. It needs an administrator's key.",
    inputs=OrganizationQuotaInputs,
    outputs=OrganizationQuotaOutputs,
    verbs=OrganizationQuotaVerbs(),
    rules=quota_rules,
)


async def _live(session: Session, organization_id: str) -> Live:
    organization = await session.client.organizations.get(organization_id)
    told = {name: getattr(organization, name, None) for name in LIMITS}
    inputs = {name: value for name, value in told.items() if value is not None}
    return Live(organization_id, {"organization_id": organization_id}, inputs)
