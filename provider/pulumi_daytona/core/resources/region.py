"""The region: where sandboxes run, on an organization's own machines."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from daytona_httpx import Region

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, or_removed
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import SECRET, doc, in_place, replaces
from pulumi_daytona.core.values import UNIQUE_NAME, Name, Url

URLS = ("proxy_url", "ssh_gateway_url", "snapshot_manager_url", "otel_endpoint")
_ROTATION = "Any text; when it changes to another one, the {0} gets a new {1}, and the old one ends."
_ONCE = "the API tells it only once, so the state keeps it."


class RegionInputs(ResourceInputs):
    """Say what a region should be."""

    name: Annotated[Name | None, replaces(), doc(UNIQUE_NAME)] = None
    proxy_url: Annotated[Url | None, in_place(""), doc("Where its proxy is.")] = None
    ssh_gateway_url: Annotated[Url | None, in_place(""), doc("Where its SSH gateway is.")] = None
    snapshot_manager_url: Annotated[Url | None, in_place(""), doc("Where its snapshot manager is.")] = None
    otel_endpoint: Annotated[
        Url | None, in_place(""), doc("Where the telemetry of its sandboxes goes, instead of to Daytona.")
    ] = None
    proxy_rotation: Annotated[Text | None, in_place(), doc(_ROTATION.format("proxy", "key"))] = None
    ssh_gateway_rotation: Annotated[Text | None, in_place(), doc(_ROTATION.format("SSH gateway", "key"))] = (
        None
    )
    snapshot_manager_rotation: Annotated[
        Text | None, in_place(), doc(_ROTATION.format("snapshot manager", "password"))
    ] = None


class RegionOutputs(OutputModel):
    """Tell what can be read of a region."""

    name: Annotated[str, doc("Its name in Daytona.")]
    organization_id: Annotated[str | None, doc("Id of its organization.")]
    region_type: Annotated[str, doc("``custom`` for an organization's own.")]
    proxy_url: Annotated[str | None, doc("Where its proxy is.")]
    ssh_gateway_url: Annotated[str | None, doc("Where its SSH gateway is.")]
    snapshot_manager_url: Annotated[str | None, doc("Where its snapshot manager is.")]
    otel_endpoint: Annotated[str | None, doc("Where the telemetry of its sandboxes goes.")]
    proxy_api_key: Annotated[str | None, SECRET, doc(f"The key of its proxy; {_ONCE}")]
    ssh_gateway_api_key: Annotated[str | None, SECRET, doc(f"The key of its SSH gateway; {_ONCE}")]
    snapshot_manager_username: Annotated[str | None, doc("The user name of its snapshot manager.")]
    snapshot_manager_password: Annotated[str | None, SECRET, doc(f"The password of it; {_ONCE}")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


SERVICES = {
    "proxy": "proxy_api_key",
    "ssh_gateway": "ssh_gateway_api_key",
    "snapshot_manager": "snapshot_manager_password",
}
KEYS = (*SERVICES.values(), "snapshot_manager_username")


class RegionVerbs(RecordVerbs[RegionInputs]):
    """Make, read, change and remove a region."""

    noun: ClassVar[str] = "region"

    async def make(self, session: Session, inputs: RegionInputs) -> Live:
        """Make a region; one that an earlier create left behind goes, as nobody knows its keys any more."""
        regions = session.client.regions

        async def make(name: str) -> Live:
            given = {url: getattr(inputs, url) for url in URLS if getattr(inputs, url) is not None}
            made = await regions.create(name, **given)
            async with or_removed(lambda: regions.delete(made.id)):
                return _live(await regions.get(made.id), {key: getattr(made, key) for key in KEYS})

        async def find(name: str) -> list[Region]:
            return [
                region for region in await regions.list() if region.name == name and region.organization_id
            ]

        claim = Claim(make, find, lambda region: regions.delete(region.id))
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the region as it is, with the keys that the state keeps."""
        return _live(await session.client.regions.get(resource_id), {key: state.get(key) for key in KEYS})

    async def change(self, session: Session, resource_id: str, state: State, inputs: RegionInputs) -> Live:
        """Set the addresses that differ, and give new keys to the services that want or need one."""
        differs = changed_values(state, inputs)
        urls = {url: differs[url] or None for url in URLS if url in differs}
        if urls:
            await session.client.regions.update(resource_id, **urls)
        region = await session.client.regions.get(resource_id)
        keys = {key: state.get(key) for key in KEYS}
        for service, key in SERVICES.items():
            is_new = f"{service}_url" in differs and keys[key] is None
            if getattr(region, f"{service}_url") and (is_new or f"{service}_rotation" in differs):
                keys |= await _rotated(session, resource_id, service)
        return _live(region, keys)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the region; one that has runners can't be removed."""
        await session.client.regions.delete(resource_id)


REGION: Definition[RegionInputs] = Definition(
    name="Region",
    doc="Declare a region on an organization's own machines (create region).\n\n"
    "A region that a create which was cut short has left behind is removed by the next one when its name "
    "follows from who the resource is; where the program fixes the name, it is an error.",
    inputs=RegionInputs,
    outputs=RegionOutputs,
    verbs=RegionVerbs(),
    unique_name="name",
)


async def _rotated(session: Session, region_id: str, service: str) -> dict[str, Any]:
    regions = session.client.regions
    if service == "proxy":
        return {"proxy_api_key": (await regions.regenerate_proxy_api_key(region_id)).api_key}
    if service == "ssh_gateway":
        return {"ssh_gateway_api_key": (await regions.regenerate_ssh_gateway_api_key(region_id)).api_key}
    new = await regions.regenerate_snapshot_manager_credentials(region_id)
    return {"snapshot_manager_username": new.username, "snapshot_manager_password": new.password}


def _live(region: Region, keys: dict[str, Any]) -> Live:
    return Live(region.id, RegionOutputs.of(region, **keys))
