"""Call any method of a group: arguments by their types, and an answer that its result can be read from."""

from __future__ import annotations

import inspect
import typing
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import httpx
from daytona_httpx._async.groups import AsyncGroups
from daytona_httpx._sync.groups import Groups
from daytona_httpx.models.base import WireModel

SAMPLES: dict[type, Any] = {str: "x", int: 1, float: 1.5, bool: True, datetime: datetime(2026, 1, 2, 3)}


class AnsweringApi:
    """Answer every request with what was set last, and keep the requests."""

    def __init__(self) -> None:
        self.answer = httpx.Response(204)
        self.requests: list[httpx.Request] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.requests.append(request)
        return self.answer


def group_names(kind: type[AsyncGroups] | type[Groups]) -> list[str]:
    """Return the groups that hang off a client."""
    return [name for name, value in vars(kind).items() if isinstance(value, cached_property)]


def public_methods(group: object) -> dict[str, Callable[..., Any]]:
    """Return the operations of a group."""
    return {name: call for name, call in inspect.getmembers(group, inspect.ismethod) if name[0] != "_"}


def arguments(method: Callable[..., Any]) -> dict[str, Any]:
    """Return a value for every argument that must be given."""
    hints = typing.get_type_hints(method)
    needed = [
        one
        for one in inspect.signature(method).parameters.values()
        if one.default is one.empty and one.kind is not one.VAR_KEYWORD
    ]
    return {one.name: _sample(hints[one.name]) for one in needed}


def answer_for(method: Callable[..., Any]) -> httpx.Response:
    """Return the least that a method's result can be read from."""
    kind = typing.get_type_hints(method)["return"]
    origin = get_origin(kind)
    if kind is NoneType:
        return httpx.Response(204)
    if kind is str:
        return httpx.Response(200, text="bare text")
    if origin in (AsyncIterator, Iterator):
        return httpx.Response(200, json={"items": [_least(get_args(kind)[0])], "total": 1, "totalPages": 1})
    if origin is list:
        return httpx.Response(200, json=[_least(get_args(kind)[0])])
    return httpx.Response(200, json=_least(kind) if issubclass(kind, WireModel) else SAMPLES[kind])


def result_kind(method: Callable[..., Any]) -> type:
    """Return the type of a method's result, or of its items."""
    kind = typing.get_type_hints(method)["return"]
    return typing.cast("type", get_args(kind)[0] if get_origin(kind) else kind)


def _least(model: type[WireModel]) -> dict[str, Any]:
    needed = {name: one for name, one in model.model_fields.items() if one.is_required()}
    return {one.alias or name: _sample(one.annotation) for name, one in needed.items()}


def _sample(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in (typing.Union, UnionType):
        return _sample(get_args(hint)[0])
    if origin in (list, Sequence):
        return [_sample(get_args(hint)[0])]
    if origin is Mapping:
        return {"x": "y"}
    return _least(hint) if issubclass(hint, WireModel) else SAMPLES[hint]
