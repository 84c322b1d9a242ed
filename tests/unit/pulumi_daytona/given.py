"""Strategies for the inputs of any kind of resource, from the types that its definition declares."""

from __future__ import annotations

from datetime import UTC
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.models import InputModel
from pulumi_daytona.core.traits import Trait
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.core.values import Moment, Permission, Url
from pydantic.fields import FieldInfo

words = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=8)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat())
KNOWN: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Moment, moments),
    (Permission, st.builds("{}:{}".format, st.sampled_from(["read", "write"]), words.map(str.lower))),
    (Url, words.map("https://{}.example.com".format)),
    (Any, words),
    (bool, st.booleans()),
    (int, st.integers(1, 1000)),
    (float, st.floats(0, 1e6)),
    (str, words),
]

addresses = words.map("https://git.example.com/{}.git".format)
interpreters = st.sampled_from([["/bin/bash", "-c"], ["/usr/bin/env", "python3", "-c"]])
modes = st.sampled_from(["600", "644", "755"])
hashes = st.text("0123456789abcdef", min_size=7, max_size=40)

OVERRIDES: dict[str, dict[str, st.SearchStrategy[Any] | None]] = {
    "GitRepository": {"url": addresses, "username": words, "branch": None, "commit": hashes},
    "IdentityProvider": {"allow_any_domain": st.just(True)},
    "OrganizationInvitation": {"email": words.map("{}@example.com".format)},
    "OrganizationQuota": {"volume_quota": st.integers(0, 9)},
    "Sandbox": {
        **dict.fromkeys(["auto_pause_interval", "dockerfile", "linked_sandbox", "snapshot", "spot"]),
        "image": words.map("{}:1".format),
    },
    "SandboxCommand": {"create": words, "interpreter": interpreters},
    "SandboxFile": {"content": words, "source": None, "mode": modes},
    "SandboxSession": {"interpreter": interpreters},
    "SandboxFolder": {"source": st.fixed_dictionaries({"archive": words, "files": st.just({})})},
    "Snapshot": {"image": words.map("{}:1".format), "dockerfile": None, "contexts": None},
}
"""What the rules over several inputs ask for, by kind; None is never given."""


def inputs_of(definition: Definition[Any], *, unknown: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Return what programs may give: every required input, and any of the others.

    Args:
        definition: The kind of resource.
        unknown: Whether any value may be unknown.
    """
    chosen = OVERRIDES.get(definition.name, {})
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in definition.inputs.model_fields.items():
        strategy = chosen[name] if name in chosen else _strategy_for(info)
        if strategy is not None:
            given = strategy | st.just(UNKNOWN) if unknown else strategy
            (required if info.is_required() or name in chosen else optional)[name] = given
    return st.fixed_dictionaries(required, optional=optional)


def _strategy_for(info: FieldInfo) -> st.SearchStrategy[Any]:
    """Return values of a field: the outermost annotation of one that is required is in its metadata."""
    marks = [mark for mark in info.metadata if not isinstance(mark, Trait)]
    for known, strategy in KNOWN:
        if getattr(known, "__metadata__", (None,))[0] in marks:
            return strategy
    return strategy_of(info.annotation)


def strategy_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type, as a program gives them."""
    for known, strategy in KNOWN:
        if hint == known:
            return strategy
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return strategy_of(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of(*(strategy_of(each) for each in arguments if each is not NoneType))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        return st.lists(strategy_of(arguments[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(words, strategy_of(arguments[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, InputModel):
        return _model(hint)
    raise AssertionError(f"no strategy for {hint}")


def _model(model: type[InputModel]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: strategy_of(info.annotation) for name, info in model.model_fields.items()}
    required = {name: fields[name] for name, info in model.model_fields.items() if info.is_required()}
    optional = {name: value for name, value in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)
