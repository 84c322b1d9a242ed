"""Check: bring a resource's inputs into their normal form, or say what can't be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pulumi_daytona.core.check import check as check_inputs
from pulumi_daytona.core.definition import Failure
from pulumi_daytona.core.references import check_known
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.plugin.kept import Given, written_inputs
from pulumi_daytona.plugin.naming import AUTONAMED, kind_of, named
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Path
from pulumi_daytona.plugin.wire import (
    from_wire,
    in_wire_words,
    input_types,
    names_of,
    strangers,
    wire_path,
)

_SHORTEST = 4
"""A secret shorter than this is not looked for in a message: it would be found in any word."""


async def check(session: Session | None, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
    """Check inputs; those that aren't known yet pass.

    Args:
        session: The session; None where the provider can't be configured yet.
        request: The request.
    """
    kind = kind_of(request.type or request.urn)
    definition, types = definition_of(kind), input_types(kind)
    given, before = Given.of(request.news), Given.of(request.olds)
    olds = from_wire(before.properties, types)
    options = request.autonaming if request.HasField("autonaming") else None
    news, is_autonamed, no_name = named(
        from_wire(given.properties, types), {**olds, **_hidden(before)}, options, has_names(kind)
    )
    checked = check_inputs(definition, news)
    strange, failures = [*strangers(given.properties, types)], [*checked.failures]
    failures += [Failure("name", no_name)] if no_name else []
    if session is not None and not strange and not failures:
        failures += await check_known(session, definition, olds, checked.inputs)
    hidden = {AUTONAMED: True} if is_autonamed else {}
    inputs = written_inputs(kind, checked.inputs, given.secrets, **hidden)
    quiet = [*_quiet(given)]
    told = (_told(failure, quiet) for failure in (*strange, *_in_wire_words(kind, failures)))
    return provider_pb2.CheckResponse(inputs=inputs, failures=told)


def has_names(kind: str) -> bool:
    """Tell whether a kind of resource has a name in Daytona that a program may leave out."""
    field = definition_of(kind).inputs.model_fields.get("name")
    return field is not None and not field.is_required()


def _hidden(before: Given) -> dict[str, object]:
    return {key: value for key, value in before.properties.items() if key.startswith("__")}


def _in_wire_words(kind: str, failures: Iterable[Failure]) -> Iterator[Failure]:
    types, names = input_types(kind), names_of(kind)
    for failure in failures:
        yield Failure(wire_path(failure.property, types), in_wire_words(failure.reason, names))


def _told(failure: Failure, secrets: Iterable[str]) -> provider_pb2.CheckFailure:
    reason = failure.reason
    for secret in secrets:
        reason = reason.replace(secret, "[secret]")
    return provider_pb2.CheckFailure(property=failure.property, reason=reason)


def _quiet(given: Given) -> Iterator[str]:
    """Yield the texts that no message may show."""
    for path in given.secrets:
        yield from _texts(_at(given.properties, path))


def _at(value: object, path: Path) -> object:
    for step in path:
        if isinstance(value, dict | list):
            value = value[step]  # type: ignore[index]
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and len(value) >= _SHORTEST:
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
