"""The OpenTelemetry target: where the telemetry of an organization's sandboxes goes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import DaytonaForbiddenError, OtelConfig

from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import ORGANIZATION, Name, Url


class OrganizationOtelConfigInputs(ResourceInputs):
    """Say where telemetry should go."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    endpoint: Annotated[Url, in_place(), doc("Where to, over OTLP.")]
    headers: Annotated[
        dict[str, Text] | None,
        in_place({}, secret=True),
        doc("What is sent along, such as a key. It is compared with what was last set."),
    ] = None


class OrganizationOtelConfigOutputs(OutputModel):
    """Tell what can be read of the target."""

    organization_id: Annotated[str, doc("Id of the organization.")]
    endpoint: Annotated[str, doc("Where telemetry goes.")]


class OrganizationOtelConfigVerbs(RecordVerbs[OrganizationOtelConfigInputs]):
    """Set, read and remove the target."""

    noun: ClassVar[str] = "OpenTelemetry target of organization"
    title: ClassVar[str] = "organization_id"

    async def make(self, session: Session, inputs: OrganizationOtelConfigInputs) -> Live:
        """Set the target; repeating it changes nothing."""
        return await _set(session, organization_of(session, inputs.organization_id), inputs)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the target as it is; where only the collector may ask for it, as the state has it."""
        try:
            config = await session.client.otel_configs.get(resource_id)
        except DaytonaForbiddenError:
            config = OtelConfig(endpoint=state["endpoint"])
        return _live(resource_id, config.endpoint)

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: OrganizationOtelConfigInputs
    ) -> Live:
        """Set the target, whole, when it differs."""
        if not changed_values(state, inputs):
            return await super().change(session, resource_id, state, inputs)
        return await _set(session, resource_id, inputs)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the target."""
        await session.client.otel_configs.delete(resource_id)


ORGANIZATION_OTEL_CONFIG: Definition[OrganizationOtelConfigInputs] = Definition(
    name="OrganizationOtelConfig",
    doc="Declare where telemetry of an organization's sandboxes goes (update organization otel config).\n\n"
    "An organization has one target: what was set before is replaced. It needs a user's token "
    "(``daytona:jwtToken``).",
    inputs=OrganizationOtelConfigInputs,
    outputs=OrganizationOtelConfigOutputs,
    verbs=OrganizationOtelConfigVerbs(),
)


async def _set(session: Session, organization_id: str, inputs: OrganizationOtelConfigInputs) -> Live:
    await session.client.otel_configs.update(organization_id, inputs.endpoint, inputs.headers)
    return _live(organization_id, inputs.endpoint)


def _live(organization_id: str, endpoint: str) -> Live:
    return Live(organization_id, {"organization_id": organization_id, "endpoint": endpoint})
