"""Invoke: answer a look-up with an object of plain values, and the secrets in it as such."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.functions.answer import answer
from pulumi_daytona.core.functions.look_up import LookUp
from pulumi_daytona.core.session import Session
from pulumi_daytona.plugin.codec import encode
from pulumi_daytona.plugin.kept import Given
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.status import Code, RefusedError, code_of
from pulumi_daytona.plugin.values import WHOLE, Path, Secret, with_secrets
from pulumi_daytona.plugin.wire import (
    Types,
    arm_of,
    fields_of,
    from_wire,
    in_wire_words,
    is_model,
    item_of,
    strangers,
    written,
)
from pulumi_daytona.schema.functions import ITEMS, RESULT
from pulumi_daytona.schema.naming import camel


async def invoke(session: Session, request: provider_pb2.InvokeRequest) -> provider_pb2.InvokeResponse:
    """Look something up.

    Args:
        session: The session.
        request: The request.

    Raises:
        RefusedError: There is no such look-up, the API refused, or it can't be reached.
    """
    look_up, given = look_up_of(request.tok), Given.of(request.args)
    types: Types = {argument.name: argument.type for argument in look_up.arguments}
    failures = [
        provider_pb2.CheckFailure(property=each.property, reason=each.reason.replace("input", "argument", 1))
        for each in strangers(given.properties, types)
    ]
    if failures:
        return provider_pb2.InvokeResponse(failures=failures)
    try:
        answered = await answer(session, look_up, from_wire(given.properties, types))
    except ProviderError as error:
        raise RefusedError(_words(error, look_up, types), code_of(error)) from None
    told, hint = written(answered.value, look_up.result), look_up.result
    if look_up.secret:
        told = Secret(told)
    else:
        told = with_secrets({"": told}, [("", *path) for path in _secrets(answered.value, hint)])[""]
    if not is_model(hint):
        told = {ITEMS if isinstance(answered.value, list) else RESULT: told}  # functions return objects
    found = {key: each for key, each in told.items() if each is not None}
    response = provider_pb2.InvokeResponse()
    getattr(response, "return").CopyFrom(encode(found))  # a word of Python's own
    return response


@cache
def look_up_of(token: str) -> LookUp[Any]:
    """Return the look-up of a token, for example ``daytona:index:getSandbox``.

    Raises:
        RefusedError: There is none.
    """
    known = {camel(each.name): each for each in every_look_up()}
    name = token.rpartition(":")[2]
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean daytona:index:{close[0]}?" if close else ""
    raise RefusedError(f"there is no function {token}{hint}", Code.UNIMPLEMENTED)


def _secrets(value: Any, hint: Any, path: Path = WHOLE) -> Iterator[Path]:
    """Yield where the client hides what it shows: tokens, keys, environments."""
    if isinstance(value, Mapping):
        model = arm_of(hint, dict)
        if is_model(model):
            yield from _secret_fields(value, model, path)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _secrets(each, item_of(arm_of(hint, list)), (*path, index))


def _secret_fields(value: Mapping[str, Any], model: type[BaseModel], path: Path) -> Iterator[Path]:
    types = fields_of(model)
    for name, info in model.model_fields.items():
        below = (*path, camel(name))
        if value.get(name) and not info.repr:
            yield below
        else:
            yield from _secrets(value.get(name), types[name], below)


def _words(error: ProviderError, look_up: LookUp[Any], types: Types) -> str:
    return in_wire_words(" ".join(str(error).split()), frozenset([*types, look_up.name]))
