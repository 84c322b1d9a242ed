"""The administrator's runner: a machine that sandboxes run on, in any region of a self-hosted Daytona."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from daytona_httpx.models.runner import RunnerFull

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, or_removed
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import UNIQUE_NAME, Amount, Name, Texts, same_items

_GIVEN = ("api_key", "api_version", "tags", "domain", "api_url", "proxy_url", "cpu", "memory_gib", "disk_gib")


class AdminRunnerInputs(ResourceInputs):
    """Say what a runner should be."""

    name: Annotated[Name | None, replaces(), doc(UNIQUE_NAME)] = None
    region_id: Annotated[Name, replaces(), doc("Id of its region.")]
    api_key: Annotated[Name, replaces(secret=True), doc("The key that it is to use.")]
    api_version: Annotated[
        Literal["0", "2"], replaces(), doc("0 for a runner that is called, 2 for one that asks for jobs.")
    ]
    tags: Annotated[Texts | None, replaces([], same=same_items), doc("What it is told apart by.")] = None
    domain: Annotated[
        Text | None, replaces(), doc("Its host name; this and what follows are for version 0.")
    ] = None
    api_url: Annotated[Text | None, replaces(), doc("Where its own API is.")] = None
    proxy_url: Annotated[Text | None, replaces(), doc("Where its proxy is.")] = None
    cpu: Annotated[Amount | None, replaces(), doc("Its cores.")] = None
    memory_gib: Annotated[Amount | None, replaces(), doc("Its memory in GiB.")] = None
    disk_gib: Annotated[Amount | None, replaces(), doc("Its disk in GiB.")] = None
    unschedulable: Annotated[
        bool | None, in_place(False), doc("Whether it gets no new sandboxes. Default False.")
    ] = None
    force_delete: Annotated[
        bool | None, provider_only(), doc("Whether a delete takes its sandboxes along. Default False.")
    ] = None


class AdminRunnerOutputs(OutputModel):
    """Tell what can be read of a runner."""

    name: Annotated[str, doc("Its name in Daytona.")]
    state: Annotated[str, doc("What it is now, for example ``ready``.")]
    unschedulable: Annotated[bool, doc("Whether it gets no new sandboxes.")]
    region_type: Annotated[str | None, doc("What its region is: shared, dedicated or custom.")]
    sandbox_class: Annotated[str | None, doc("The kind of sandboxes that it runs.")]
    app_version: Annotated[str | None, doc("Its version.")]
    last_checked: Annotated[str | None, doc("When it was last heard of.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class AdminRunnerVerbs(RecordVerbs[AdminRunnerInputs]):
    """Make, read, change and remove a runner."""

    noun: ClassVar[str] = "runner"

    async def make(self, session: Session, inputs: AdminRunnerInputs) -> Live:
        """Make a runner; one that an earlier create left behind goes, as it may be another."""
        admin, given = session.client.admin, inputs.plain()
        values = {name: given[name] for name in _GIVEN if name in given}

        async def make(name: str) -> Live:
            made = await admin.create_runner(inputs.region_id, name, **values)
            async with or_removed(lambda: admin.delete_runner(made.id)):
                if inputs.unschedulable is not None:
                    await admin.update_runner_scheduling(made.id, inputs.unschedulable)
                return _live(await admin.get_runner(made.id))

        async def find(name: str) -> list[RunnerFull]:
            return [runner for runner in await admin.list_runners(inputs.region_id) if runner.name == name]

        claim = Claim(make, find, lambda runner: admin.delete_runner(runner.id))
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the runner as it is."""
        return _live(await session.client.admin.get_runner(resource_id))

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: AdminRunnerInputs
    ) -> Live:
        """Set whether it gets new sandboxes, when that differs."""
        unschedulable = changed_values(state, inputs).get("unschedulable")
        if unschedulable is not None:
            await session.client.admin.update_runner_scheduling(resource_id, unschedulable)
        return _live(await session.client.admin.get_runner(resource_id))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the runner; one that has sandboxes only by force."""
        await session.client.admin.delete_runner(resource_id, force=state.get("force_delete"))


ADMIN_RUNNER: Definition[AdminRunnerInputs] = Definition(
    name="AdminRunner",
    doc="Declare a runner, a machine that sandboxes run on, in any region (admin create runner).\n\n"
    "It is for administrators of a self-hosted Daytona, and needs an administrator's key.",
    inputs=AdminRunnerInputs,
    outputs=AdminRunnerOutputs,
    verbs=AdminRunnerVerbs(),
    unique_name="name",
)


def _live(runner: RunnerFull) -> Live:
    return Live(runner.id, AdminRunnerOutputs.of(runner))
