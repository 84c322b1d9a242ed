"""Read and write the engine's values: plain ones, and those that a signature in them tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.values import Archive, Asset, Reference, Secret

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the protocol's mark of secrets
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
REFERENCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNKNOWNS: Final = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # a list
        "030794c1-ac77-496b-92df-f27374a8bd58",  # an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # a map
    }
)
"""What stands for a value that isn't known yet, by the kind of value."""

_FORMS = ("text", "path", "uri", "assets")
_MOST_EXACT = 2**53


def decode(struct: Struct) -> dict[str, Any]:
    """Return the engine's properties.

    An unknown is ``UNKNOWN``, a whole number an integer, and an output its value, secret where it is.

    Raises:
        ValueError: A value is of a kind that this version doesn't know.
    """
    return {key: _decoded(value) for key, value in struct.fields.items()}


def encode(properties: Mapping[str, Any]) -> Struct:
    """Return properties as the engine takes them."""
    return Struct(fields={key: _encoded(value) for key, value in properties.items()})


def _decoded(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _object(value.struct_value)
    if kind == "list_value":
        return [_decoded(item) for item in value.list_value.values]
    if kind == "number_value":
        return _number(value.number_value)
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
    return value.bool_value if kind == "bool_value" else None


def _number(number: float) -> int | float:
    """Return a number that may be whole; one that is too large to be exact stays as it is."""
    return int(number) if number.is_integer() and abs(number) <= _MOST_EXACT else number


def _object(struct: Struct) -> Any:
    fields = {key: _decoded(value) for key, value in struct.fields.items()}
    signature = fields.pop(SIGNATURE, None)
    if signature is None:
        return fields
    if signature == SECRET:
        return Secret(fields.get("value"))
    if signature == OUTPUT:
        found = fields.get("value", UNKNOWN)
        return Secret(found) if fields.get("secret") else found
    if signature in (ASSET, ARCHIVE):
        form = next((each for each in _FORMS if each in fields), "")
        kind = Asset if signature == ASSET else Archive
        return kind(form, fields.get(form, ""), str(fields.get("hash", "")))
    if signature == REFERENCE:
        found = fields.get("id")
        version = str(fields.get("packageVersion", ""))
        return Reference(str(fields["urn"]), UNKNOWN if found == "" else found, version)
    raise ValueError(f"the engine sent a value of a kind that is not known here ({signature})")


def _encoded(value: Any) -> Value:
    if value is UNKNOWN:
        return Value(string_value=UNKNOWN_TEXT)
    if value is None:
        return Value(null_value=0)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return Value(bool_value=value)
    if isinstance(value, int | float):
        return Value(number_value=value)
    if isinstance(value, str):
        return Value(string_value=value)
    if isinstance(value, Mapping):
        return Value(struct_value=encode(value))
    if isinstance(value, list | tuple):
        return Value(list_value=ListValue(values=[_encoded(item) for item in value]))
    return Value(struct_value=encode(_signed(value)))


def _signed(value: Any) -> dict[str, Any]:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": value.value}
    if isinstance(value, Asset | Archive):
        signature = ASSET if isinstance(value, Asset) else ARCHIVE
        content = {value.form: value.content} if value.form else {}
        return {SIGNATURE: signature, **content, **({"hash": value.hash} if value.hash else {})}
    if isinstance(value, Reference):
        named = {} if value.id is None else {"id": "" if value.id is UNKNOWN else value.id}
        version = {"packageVersion": value.version} if value.version else {}
        return {SIGNATURE: REFERENCE, "urn": value.urn, **named, **version}
    raise TypeError(f"a {type(value).__name__} can't be handed to the engine")
