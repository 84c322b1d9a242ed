"""The secret: a value that sandboxes use and never see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

from daytona_httpx import AsyncDaytona, CreateSecretParams, Secret, UpdateSecretParams

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import ADOPT, UNIQUE_NAME, Name, Texts, same_items

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d+)?")


class SecretInputs(ResourceInputs):
    """Say what a secret should be."""

    name: Annotated[Text | None, replaces(), doc(f"{UNIQUE_NAME} A letter or ``_`` first.")] = None
    value: Annotated[
        Name,
        in_place(secret=True),
        doc("The secret itself. The API never tells it: it is compared with what was last set."),
    ]
    description: Annotated[Text | None, in_place(""), doc("What it is for.")] = None
    hosts: Annotated[
        Texts | None,
        in_place([], same=same_items),
        doc("Where it may be sent to: names, or ``*.`` and a name. Anywhere when left out."),
    ] = None
    adopt: Annotated[bool | None, provider_only(), doc(ADOPT)] = None


class SecretOutputs(OutputModel):
    """Tell what can be read of a secret."""

    name: Annotated[str, doc("Its name in Daytona, which sandboxes name it by.")]
    description: Annotated[str | None, doc("What it is for.")]
    hosts: Annotated[list[str], doc("Where it may be sent to; none means anywhere.")]
    placeholder: Annotated[str, doc("What a sandbox sees in its place.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class SecretVerbs(RecordVerbs[SecretInputs]):
    """Make, read, change and remove a secret."""

    noun: ClassVar[str] = "secret"

    async def make(self, session: Session, inputs: SecretInputs) -> Live:
        """Make a secret, or take over the one that an earlier create left behind."""
        client, hosts = session.client, inputs.hosts
        given = {"value": inputs.value, "description": inputs.description}

        async def make(name: str) -> Live:
            spelled = _spelled(name)
            return _live(
                await client.secret.create(
                    CreateSecretParams.model_validate({**given, "name": spelled, "hosts": hosts})
                )
            )

        async def find(name: str) -> list[Secret]:
            return await _named(client, _spelled(name))

        async def adopt(secret: Secret) -> Live:
            whole = {**given, "description": inputs.description or "", "hosts": hosts or []}
            return _live(await client.secret.update(secret.id, UpdateSecretParams.model_validate(whole)))

        claim = Claim(make, find, lambda secret: client.secret.delete(secret.id), adopt)
        return await claim.run(session, inputs.name, inputs.owner or self.noun, adopt=inputs.adopt is True)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the secret as it is, without its value."""
        return _live(await session.client.secret.get(resource_id))

    async def change(self, session: Session, resource_id: str, state: State, inputs: SecretInputs) -> Live:
        """Change the value, the description and the hosts, each only when it differs."""
        differs = changed_values(state, inputs)
        if not differs:
            return await super().change(session, resource_id, state, inputs)
        return _live(await session.client.secret.update(resource_id, UpdateSecretParams(**differs)))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the secret; sandboxes that have it keep it until they stop."""
        await session.client.secret.delete(resource_id)


def secret_rules(inputs: SecretInputs) -> Iterator[Failure]:
    """Yield what the API is known to refuse of a secret."""
    if isinstance(inputs.name, str) and not _NAME.fullmatch(inputs.name):
        yield Failure("name", "needs a letter or _ first, then letters, digits, _ and - only")
    for index, host in enumerate(inputs.hosts if isinstance(inputs.hosts, list) else ()):
        if isinstance(host, str) and not _HOST.fullmatch(host):
            yield Failure(
                f"hosts[{index}]", f"needs a host such as api.example.com or *.example.com, got {host!r}"
            )


SECRET: Definition[SecretInputs] = Definition(
    name="Secret",
    doc="Declare a secret: a value that sandboxes use on their way out and never see (create secret).",
    inputs=SecretInputs,
    outputs=SecretOutputs,
    verbs=SecretVerbs(),
    rules=secret_rules,
    unique_name="name",
)


async def _named(client: AsyncDaytona, name: str) -> list[Secret]:
    """Return the secret of a name; the API looks for names that have it in them."""
    cursor: str | None = None
    while True:
        page = await client.secret.list(cursor, limit=200, name=name)
        found = [secret for secret in page.items if secret.name == name]
        cursor = page.next_cursor
        if found or cursor is None:
            return found


def _spelled(name: str) -> str:
    """Return a name that a secret may have: one that follows from a logical name may begin with a digit."""
    return name if _NAME.fullmatch(name) else f"_{name}"


def _live(secret: Secret) -> Live:
    return Live(secret.id, SecretOutputs.of(secret))
