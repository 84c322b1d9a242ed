"""Answer a look-up: its arguments checked, its result as plain values, its failure in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daytona_httpx import (
    DaytonaAuthenticationError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
)
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from pulumi_daytona.core.errors import UNIMPLEMENTED, ProviderError, failed, is_absence
from pulumi_daytona.core.functions.arguments import ORGANIZATION
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp
from pulumi_daytona.core.session import Session


@dataclass(frozen=True)
class Answer:
    """Hold what a look-up found.

    Args:
        value: Texts, numbers, lists and maps; a model is a map by the names of its fields.
        secret: Whether there is anything in it that must not be shown.
    """

    value: Any = field(repr=False)
    secret: bool


async def answer(session: Session, look_up: LookUp[Any], given: Mapping[str, Any]) -> Answer:
    """Look something up.

    Args:
        session: The session.
        look_up: What to look up.
        given: The arguments, by name; one that is None counts as left out.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    arguments = _read(look_up, {name: value for name, value in given.items() if value is not None})
    try:
        if ORGANIZATION in look_up.arguments:
            arguments[ORGANIZATION.name] = arguments.get(ORGANIZATION.name) or await _organization(session)
        found = await look_up.call(session.client, arguments)
    except DaytonaError as error:
        raise _refused(session, look_up, arguments, error) from None
    return told(look_up, found)


def told(look_up: LookUp[Any], found: object) -> Answer:
    """Return what was found as plain values, and whether it is a secret."""
    return Answer(to_jsonable_python(found, by_alias=False), look_up.secret or holds_secrets(found))


def holds_secrets(value: object) -> bool:
    """Tell whether there is a value in it that the client hides: a token, a key, an environment."""
    if isinstance(value, list):
        return any(holds_secrets(item) for item in value)
    if not isinstance(value, BaseModel):
        return False
    fields = ((info.repr, getattr(value, name)) for name, info in type(value).model_fields.items())
    return any((item and not shown) or holds_secrets(item) for shown, item in fields)


def _read(look_up: LookUp[Any], given: Given) -> Given:
    known = {argument.name: argument for argument in look_up.arguments}
    for name in given.keys() - known.keys():
        allowed = ", ".join(known) or "none"
        raise ProviderError(f"{look_up.name}: there is no argument {name}; allowed are: {allowed}")
    values = {}
    for name, argument in known.items():
        if name in given:
            values[name] = _value(look_up, argument, given[name])
        elif argument.required:
            raise ProviderError(f"{look_up.name}: {name} is missing; give it: {argument.doc}")
        elif argument.default is not None:
            values[name] = argument.default
    return values


def _value(look_up: LookUp[Any], argument: Argument, value: object) -> Any:
    try:
        return TypeAdapter(argument.type).validate_python(value)
    except ValidationError as error:
        words = error.errors()[0]["msg"].removeprefix("Value error, ")
        reason = f"{words[0].lower()}{words[1:]}"
    raise ProviderError(f"{look_up.name}: {argument.name}: {reason}; give it: {argument.doc}")


async def _organization(session: Session) -> str:
    """Return the organization of the configuration, else that of the key."""
    configured = session.settings.organization_id
    found = configured or (await session.client.api_keys.get_current()).organization_id
    if not found:
        raise ProviderError("the key belongs to no organization; set daytona:organizationId, or name one")
    return found


def _refused(session: Session, look_up: LookUp[Any], arguments: Given, error: DaytonaError) -> ProviderError:
    url = session.client.api_url if isinstance(error, DaytonaConnectionError) else None
    words = str(failed(_action(look_up, arguments), error, url))
    return ProviderError(f"{words}; {advice}" if (advice := _advice(look_up, error)) else words)


def _action(look_up: LookUp[Any], arguments: Given) -> str:
    """Return what was looked up: by the first argument, where there must be one and it may be shown."""
    first = next(iter(look_up.arguments), None)
    if first is None or not first.required or first.secret:
        return look_up.name
    return f'{look_up.name} "{arguments[first.name]}"'


def _advice(look_up: LookUp[Any], error: DaytonaError) -> str:
    if isinstance(error, DaytonaNotFoundError):
        return "check its name or id, and that it is in this organization" if is_absence(error) else ""
    if error.status_code == UNIMPLEMENTED:
        return "this server can't tell; Daytona's own API can"
    if look_up.needs and isinstance(error, DaytonaAuthenticationError | DaytonaForbiddenError):
        return f"it needs {look_up.needs}"
    return ""
