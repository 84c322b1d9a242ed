"""The API key: what programs show to Daytona."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import ApiKeyList

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs, found
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import SECRET, doc, replaces
from pulumi_daytona.core.values import Moment, Name, Permission, same_items, same_moment


class ApiKeyInputs(ResourceInputs):
    """Say what a key should be."""

    name: Annotated[
        Name | None,
        replaces(),
        doc(
            "The name in Daytona, unique for the user; by default it follows from organization, project, "
            "stack and logical name."
        ),
    ] = None
    permissions: Annotated[
        list[Permission],
        replaces(same=same_items),
        doc("What it may do, such as ``write:sandboxes``; none is allowed."),
    ]
    expires_at: Annotated[
        Moment | None,
        replaces("", same=same_moment),
        doc("When it ends, for example ``2030-01-31T12:00:00Z``; never when left out."),
    ] = None


class ApiKeyOutputs(OutputModel):
    """Tell what can be read of a key."""

    name: Annotated[str, doc("Its name in Daytona.")]
    value: Annotated[str, SECRET, doc("The key itself; the API tells it only once, so the state keeps it.")]
    permissions: Annotated[list[str], doc("What it may do.")]
    user_id: Annotated[str | None, doc("Id of its user; known after a refresh.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    expires_at: Annotated[str | None, doc("When it ends; none is never.")]
    last_used_at: Annotated[str | None, doc("When it was last used.")]


class ApiKeyVerbs(RecordVerbs[ApiKeyInputs]):
    """Make, read and remove a key."""

    noun: ClassVar[str] = "API key"

    async def make(self, session: Session, inputs: ApiKeyInputs) -> Live:
        """Make a key; one that an earlier create left behind goes, as nobody knows its value any more."""
        keys = session.client.api_keys

        async def make(name: str) -> Live:
            made = await keys.create(name, inputs.permissions, inputs.expires_at)
            return Live(made.name, ApiKeyOutputs.of(made))

        async def find(name: str) -> list[ApiKeyList]:
            there = await found(keys.get(name))
            return [there] if there else []

        claim = Claim(make, find, lambda key: keys.delete(key.name), id_of=lambda key: key.name)
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the key as it is, with the value that the state keeps."""
        key = await session.client.api_keys.get(resource_id)
        return Live(key.name, ApiKeyOutputs.of(key, value=state.get("value")))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the key; it ends at once."""
        await session.client.api_keys.delete(resource_id)


API_KEY: Definition[ApiKeyInputs] = Definition(
    name="ApiKey",
    doc="Declare an API key (create api key).\n\n"
    "The API makes keys for a user's token (``daytona:jwtToken``) only. A key that a create which was cut "
    "short has left behind is removed by the next one when its name follows from who the resource is; where "
    "the program fixes the name, it is an error.",
    inputs=ApiKeyInputs,
    outputs=ApiKeyOutputs,
    verbs=ApiKeyVerbs(),
    unique_name="name",
)
