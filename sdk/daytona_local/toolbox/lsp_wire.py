"""What language servers answer, in the API's form."""

from __future__ import annotations

from typing import Any

from daytona_local.errors import FailedError

_ITEM_FIELDS = ("label", "kind", "detail", "documentation", "sortText", "filterText", "insertText")
_NONSENSE = (LookupError, TypeError, AttributeError, RecursionError)
_NOWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}

Json = dict[str, Any]


def completion_list(result: Any) -> Json:
    """Return completions: a language server answers with a list of them, a plain list, or nothing.

    Raises:
        FailedError: It answered something else.
    """
    try:
        if isinstance(result, dict):
            items, incomplete = result.get("items") or [], bool(result.get("isIncomplete"))
        else:
            items, incomplete = result or [], False
        return {"isIncomplete": incomplete, "items": [_completion(item) for item in items]}
    except _NONSENSE as error:
        raise FailedError("the language server's answer holds no completions") from error


def _completion(item: Json) -> Json:
    found = {name: item[name] for name in _ITEM_FIELDS if item.get(name) is not None}
    edit = item.get("textEdit")
    if "insertText" not in found and edit is not None:
        found["insertText"] = edit["newText"]
    return found


def symbols(result: Any, uri: str = "") -> list[Json]:
    """Return symbols as one flat list.

    Args:
        result: What the language server answered; symbols in it may hold others, and lack a place.
        uri: The document's, for those that don't say.

    Raises:
        FailedError: It answered something else.
    """
    try:
        return _flat(result, uri)
    except _NONSENSE as error:
        raise FailedError("the language server's answer holds no symbols") from error


def _flat(result: Any, uri: str) -> list[Json]:
    found: list[Json] = []
    for symbol in result or []:
        found.append(_symbol(symbol, uri))
        found += _flat(symbol.get("children"), uri)
    return found


def _symbol(symbol: Json, uri: str) -> Json:
    location = symbol.get("location") or {"uri": uri, "range": symbol.get("range")}
    place = {"uri": location["uri"], "range": location.get("range") or _NOWHERE}
    return {"kind": symbol["kind"], "name": symbol["name"], "location": place}
