"""The Docker registry: where images are pulled from."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import DockerRegistry

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place
from pulumi_daytona.core.values import NAME, Name


class DockerRegistryInputs(ResourceInputs):
    """Say what a registry should be."""

    name: Annotated[Name | None, in_place(), doc(NAME)] = None
    url: Annotated[Name, in_place(), doc("Its address, for example ``https://registry.example.com``.")]
    username: Annotated[Text, in_place(), doc("Who signs in.")]
    password: Annotated[
        Name,
        in_place(secret=True),
        doc("With which password or token. The API never tells it: it is compared with what was last set."),
    ]
    project: Annotated[
        Text | None, in_place(""), doc("The project in it, for registries that have such.")
    ] = None


class DockerRegistryOutputs(OutputModel):
    """Tell what can be read of a registry."""

    name: Annotated[str, doc("Its name in Daytona.")]
    url: Annotated[str, doc("Its address.")]
    username: Annotated[str, doc("Who signs in.")]
    project: Annotated[str | None, doc("The project in it.")]
    registry_type: Annotated[str, doc("What it is to Daytona, for example ``organization``.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class DockerRegistryVerbs(RecordVerbs[DockerRegistryInputs]):
    """Make, read, change and remove a registry."""

    noun: ClassVar[str] = "Docker registry"

    async def make(self, session: Session, inputs: DockerRegistryInputs) -> Live:
        """Make a registry, or take over the one that an earlier create left behind."""
        registries = session.client.docker_registries

        async def make(name: str) -> Live:
            made = await registries.create(name, inputs.url, inputs.username, inputs.password, inputs.project)
            return _live(made)

        async def find(name: str) -> list[DockerRegistry]:
            return [registry for registry in await registries.list() if registry.name == name]

        async def adopt(registry: DockerRegistry) -> Live:
            return await _replaced(session, registry.id, registry.name, inputs, inputs.password)

        claim = Claim(make, find, lambda registry: registries.delete(registry.id), adopt, unique=False)
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the registry as it is."""
        return _live(await session.client.docker_registries.get(resource_id))

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: DockerRegistryInputs
    ) -> Live:
        """Replace what the registry is; the password is sent only when it differs."""
        password = inputs.password if "password" in changed_values(state, inputs) else None
        return await _replaced(session, resource_id, inputs.name or state["name"], inputs, password)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the registry."""
        await session.client.docker_registries.delete(resource_id)


DOCKER_REGISTRY: Definition[DockerRegistryInputs] = Definition(
    name="DockerRegistry",
    doc="Declare a Docker registry that images are pulled from (create registry).\n\n"
    "Daytona allows a name more than once. What a create that was cut short has left behind is found again "
    "by the name that follows from who the resource is; where the program fixes the name it can't be told.",
    inputs=DockerRegistryInputs,
    outputs=DockerRegistryOutputs,
    verbs=DockerRegistryVerbs(),
)


async def _replaced(
    session: Session, registry_id: str, name: str, inputs: DockerRegistryInputs, password: str | None
) -> Live:
    update = session.client.docker_registries.update
    return _live(await update(registry_id, name, inputs.url, inputs.username, password, inputs.project))


def _live(registry: DockerRegistry) -> Live:
    return Live(registry.id, DockerRegistryOutputs.of(registry))
