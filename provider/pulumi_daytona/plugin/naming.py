"""Read what the engine calls resources, and give names where the engine insists on giving them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from pulumi_daytona.core.resources import RESOURCES
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.status import Code, RefusedError

AUTONAMED: Final = "__autonamed"
"""A hidden input: the name is one that the engine gave, not the program."""

_Options = provider_pb2.CheckRequest.AutonamingOptions


def kind_of(token: str) -> str:
    """Return the kind of resource of a token or URN, for example ``Sandbox`` of ``daytona:index:Sandbox``.

    Raises:
        RefusedError: There is none.
    """
    name = type_of(token).rpartition(":")[2]
    if name in RESOURCES:
        return name
    close = difflib.get_close_matches(name, RESOURCES, n=1)
    hint = f"did you mean daytona:index:{close[0]}?" if close else f"there are: {', '.join(RESOURCES)}"
    raise RefusedError(f"there is no resource {type_of(token)}; {hint}", Code.UNIMPLEMENTED)


def type_of(urn: str) -> str:
    """Return the type in a URN; only the last part of it is the resource's own."""
    if not urn.startswith("urn:"):
        return urn
    return urn.split("::")[2].rpartition("$")[2]


def named(
    news: Mapping[str, Any], olds: Mapping[str, Any], options: _Options | None, auto: bool
) -> tuple[dict[str, Any], bool, str]:
    """Return inputs with the name that the engine gives, whether it did, and why there can be none.

    Left to itself a resource gets a name that follows from who it is, so that a create that was cut short
    is found again. The engine's proposals are for providers that have none of their own; its orders stand.

    Args:
        news: The inputs, by Python's names.
        olds: The inputs that the engine has in its state.
        options: How the program's project wants names.
        auto: Whether the kind of resource can go without.
    """
    if not auto or news.get("name") is not None:
        return dict(news), False, ""
    if olds:
        kept = olds.get("name") if olds.get(AUTONAMED) else None
        return ({**news, "name": kept} if kept else dict(news)), bool(kept), ""
    mode = options.mode if options else _Options.PROPOSE
    if mode == _Options.DISABLE:
        return dict(news), False, "is missing; the project's autonaming is disabled"
    if options and mode == _Options.ENFORCE and options.proposed_name:
        return {**news, "name": options.proposed_name}, True, ""
    return dict(news), False, ""
