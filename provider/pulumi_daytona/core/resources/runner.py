"""The runner: a machine that sandboxes run on, in an organization's own region."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import Runner

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, or_removed
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import SECRET, doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import UNIQUE_NAME, Name, Texts, same_items


class RunnerInputs(ResourceInputs):
    """Say what a runner should be."""

    name: Annotated[Name | None, replaces(), doc(UNIQUE_NAME)] = None
    region_id: Annotated[Name, replaces(), doc("Id of its region, which must be the organization's own.")]
    tags: Annotated[Texts | None, replaces([], same=same_items), doc("What it is told apart by.")] = None
    sandbox_class: Annotated[
        Text | None,
        replaces(),
        doc("The kind of sandboxes that it runs, ``container`` by default; older servers ignore it."),
    ] = None
    unschedulable: Annotated[
        bool | None, in_place(False), doc("Whether it gets no new sandboxes. Default False.")
    ] = None
    draining: Annotated[
        bool | None,
        in_place(False),
        doc(
            "Whether its sandboxes are moved away. The API doesn't tell: it is compared with what was last "
            "set. Default False."
        ),
    ] = None
    force_delete: Annotated[
        bool | None, provider_only(), doc("Whether a delete takes its sandboxes along. Default False.")
    ] = None


class RunnerOutputs(OutputModel):
    """Tell what can be read of a runner."""

    name: Annotated[str, doc("Its name in Daytona.")]
    api_key: Annotated[str, SECRET, doc("Its key; the API tells it only once, so the state keeps it.")]
    state: Annotated[str, doc("What it is now, for example ``ready``.")]
    unschedulable: Annotated[bool, doc("Whether it gets no new sandboxes.")]
    tags: Annotated[list[str], doc("What it is told apart by.")]
    sandbox_class: Annotated[str | None, doc("The kind of sandboxes that it runs.")]
    domain: Annotated[str | None, doc("Its host name.")]
    api_url: Annotated[str | None, doc("Where its own API is.")]
    proxy_url: Annotated[str | None, doc("Where its proxy is.")]
    cpu: Annotated[float, doc("Its cores.")]
    memory: Annotated[float, doc("Its memory in GiB.")]
    disk: Annotated[float, doc("Its disk in GiB.")]
    app_version: Annotated[str | None, doc("Its version.")]
    last_checked: Annotated[str | None, doc("When it was last heard of.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class RunnerVerbs(RecordVerbs[RunnerInputs]):
    """Make, read, change and remove a runner."""

    noun: ClassVar[str] = "runner"

    async def make(self, session: Session, inputs: RunnerInputs) -> Live:
        """Make a runner; one that an earlier create left behind goes, as nobody knows its key any more."""
        runners = session.client.runners

        async def make(name: str) -> Live:
            made = await runners.create(inputs.region_id, name, inputs.tags, inputs.sandbox_class)
            async with or_removed(lambda: runners.delete(made.id)):
                return await self._set(session, made.id, made.api_key, inputs.unschedulable, inputs.draining)

        async def find(name: str) -> list[Runner]:
            return [runner for runner in await runners.list(inputs.region_id) if runner.name == name]

        claim = Claim(make, find, lambda runner: runners.delete(runner.id))
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the runner as it is, with the key that the state keeps."""
        return _live(await session.client.runners.get(resource_id), state.get("api_key"))

    async def change(self, session: Session, resource_id: str, state: State, inputs: RunnerInputs) -> Live:
        """Set whether it gets new sandboxes, and whether it is emptied, each only when it differs."""
        differs = changed_values(state, inputs)
        unschedulable, draining = differs.get("unschedulable"), differs.get("draining")
        return await self._set(session, resource_id, state.get("api_key"), unschedulable, draining)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the runner; one that has sandboxes only by force."""
        await session.client.runners.delete(resource_id, force=state.get("force_delete"))

    @staticmethod
    async def _set(
        session: Session, runner_id: str, key: str | None, unschedulable: bool | None, draining: bool | None
    ) -> Live:
        runners = session.client.runners
        if unschedulable is not None:
            await runners.update_scheduling(runner_id, unschedulable)
        if draining is not None:
            await runners.update_draining(runner_id, draining)
        return _live(await runners.get(runner_id), key)


RUNNER: Definition[RunnerInputs] = Definition(
    name="Runner",
    doc="Declare a runner: a machine of an organization's own that sandboxes run on (create runner).\n\n"
    "A runner that a create which was cut short has left behind is removed by the next one when its name "
    "follows from who the resource is; where the program fixes the name, it is an error.",
    inputs=RunnerInputs,
    outputs=RunnerOutputs,
    verbs=RunnerVerbs(),
    unique_name="name",
    refers_to={"region_id": "Region"},
)


def _live(runner: Runner, key: str | None) -> Live:
    return Live(runner.id, RunnerOutputs.of(runner, api_key=key))
