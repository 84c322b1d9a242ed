"""The administrator's quota: the limits of an organization in a region."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from daytona_httpx import DaytonaConflictError
from daytona_httpx.models.usage import RegionQuota

from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import Amount, Name, Texts, same_items

KEY = ("organization_id", "region_id", "sandbox_class")
TOTALS = ("total_cpu_quota", "total_memory_quota", "total_disk_quota", "total_gpu_quota")


class AdminOrganizationRegionQuotaInputs(ResourceInputs):
    """Say what the limits should be; of one sandbox, and for each GPU, none when left out."""

    organization_id: Annotated[Name, replaces(), doc("Id of the organization.")]
    region_id: Annotated[Name, replaces(), doc("Id of the region.")]
    sandbox_class: Annotated[Name, replaces(), doc("For which kind of sandboxes, such as ``container``.")]
    total_cpu_quota: Annotated[Amount, in_place(), doc("Cores of all sandboxes together.")]
    total_memory_quota: Annotated[Amount, in_place(), doc("GiB of memory of all together.")]
    total_disk_quota: Annotated[Amount, in_place(), doc("GiB of disk of all together.")]
    total_gpu_quota: Annotated[Amount, in_place(), doc("GPUs of all together.")]
    allowed_gpu_types: Annotated[
        Texts | None, in_place([], same=same_items), doc("The kinds of GPU that are allowed.")
    ] = None
    max_cpu_per_sandbox: Annotated[Amount | None, in_place(-1), doc("Cores of one sandbox.")] = None
    max_memory_per_sandbox: Annotated[Amount | None, in_place(-1), doc("GiB of memory of one.")] = None
    max_disk_per_sandbox: Annotated[Amount | None, in_place(-1), doc("GiB of disk of one.")] = None
    max_disk_per_non_ephemeral_sandbox: Annotated[
        Amount | None, in_place(-1), doc("GiB of disk of one that outlives its stop.")
    ] = None
    max_cpu_per_gpu: Annotated[Amount | None, in_place(-1), doc("Cores for each GPU.")] = None
    max_memory_per_gpu: Annotated[Amount | None, in_place(-1), doc("GiB of memory for each GPU.")] = None
    max_disk_per_gpu: Annotated[Amount | None, in_place(-1), doc("GiB of disk for each GPU.")] = None
    max_sandbox_lifespan: Annotated[Amount | None, in_place(-1), doc("Minutes that one lives.")] = None

    def limits(self) -> dict[str, Any]:
        """Return what is set, by name."""
        return {name: value for name, value in self.plain().items() if name not in ("owner", *KEY)}


class AdminOrganizationRegionQuotaOutputs(OutputModel):
    """Tell what can be read of the limits."""

    organization_id: Annotated[str, doc("Id of the organization.")]
    region_id: Annotated[str, doc("Id of the region.")]
    sandbox_class: Annotated[str, doc("For which kind of sandboxes.")]


class AdminOrganizationRegionQuotaVerbs(RecordVerbs[AdminOrganizationRegionQuotaInputs]):
    """Set, read and take away the limits."""

    noun: ClassVar[str] = "region quota of organization"
    title: ClassVar[str] = "organization_id"

    async def make(self, session: Session, inputs: AdminOrganizationRegionQuotaInputs) -> Live:
        """Set the limits, where there are some already too; repeating it changes nothing."""
        key, limits, admin = [getattr(inputs, name) for name in KEY], inputs.limits(), session.client.admin
        try:
            return _live(await admin.create_region_quota(*key, **limits))
        except DaytonaConflictError:
            await admin.update_region_quota(*key, **limits)
            return _live(await admin.get_region_quota(*key))

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the limits as they are."""
        organization_id, region_id, sandbox_class = resource_id.split("/")
        return _live(await session.client.admin.get_region_quota(organization_id, region_id, sandbox_class))

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: AdminOrganizationRegionQuotaInputs
    ) -> Live:
        """Set the limits that differ, and lift those that are no longer set."""
        differs, key = changed_values(state, inputs), resource_id.split("/")
        limits: dict[str, Any] = dict.fromkeys(TOTALS) | {
            name: None if value in (-1, []) else value for name, value in differs.items() if name not in KEY
        }
        await session.client.admin.update_region_quota(*key, **limits)
        return _live(await session.client.admin.get_region_quota(*key))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Take the limits away."""
        await session.client.admin.delete_region_quota(*resource_id.split("/"))


ADMIN_ORGANIZATION_REGION_QUOTA: Definition[AdminOrganizationRegionQuotaInputs] = Definition(
    name="AdminOrganizationRegionQuota",
    doc="Declare the limits of an organization in a region (admin create organization region quota).\n\n"
    "Limits that were set before are replaced. It is for administrators of a self-hosted Daytona, and needs "
    "an administrator's key.",
    inputs=AdminOrganizationRegionQuotaInputs,
    outputs=AdminOrganizationRegionQuotaOutputs,
    verbs=AdminOrganizationRegionQuotaVerbs(),
)


def _live(quota: RegionQuota) -> Live:
    key = [getattr(quota, name) for name in KEY]
    names = AdminOrganizationRegionQuotaInputs.model_fields
    told = {name: getattr(quota, name, None) for name in names if name not in ("owner", *KEY)}
    inputs = {name: value for name, value in told.items() if value is not None}
    return Live("/".join(key), AdminOrganizationRegionQuotaOutputs.of(quota), inputs)
