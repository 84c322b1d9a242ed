"""Look over a Pulumi program in YAML by the schema, as Pulumi's own host for YAML does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Spec = Mapping[str, Any]

_REFERENCE = re.compile(r"\$\{([A-Za-z]\w*)(?:\.([A-Za-z]\w*))?[^}]*\}")
_PLAIN = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "array": list,
    "object": dict,
}
_ASSETS = {"fn::stringAsset": "Asset", "fn::fileAsset": "Asset", "fn::fileArchive": "Archive"}


def faults(schema: Spec, program: Spec) -> Iterator[str]:
    """Yield what is wrong with a program."""
    told: dict[str, Any] = dict.fromkeys(program.get("config", {}))
    for name, resource in program["resources"].items():
        spec = schema["resources"].get(full(resource["type"]))
        if spec is None:
            yield f"{name}: there is no resource {resource['type']}"
            continue
        told[name] = {*spec["properties"], "id", "urn"}
        given, known = resource.get("properties", {}), spec["inputProperties"]
        yield from object_faults(schema, known, spec["requiredInputs"], given, name)
    for name, variable in program.get("variables", {}).items():
        call = variable["fn::invoke"]
        spec = schema["functions"][full(call["function"])]
        told[name] = {*spec["outputs"]["properties"]}
        known, required = spec["inputs"]["properties"], spec["inputs"]["required"]
        yield from object_faults(schema, known, required, call["arguments"], name)
    yield from reference_faults(program, told)


def full(token: str) -> str:
    """Return a token with its module, which YAML leaves out."""
    package, _, name = token.partition(":")
    return f"{package}:index:{name.removeprefix('index:')}"


def object_faults(schema: Spec, known: Spec, required: list[str], given: Spec, path: str) -> Iterator[str]:
    """Yield what is wrong with an object: what is missing, what nobody knows, and what is of another type."""
    yield from (f"{path}: {name} is missing" for name in required if name not in given)
    for name, value in given.items():
        if name not in known:
            yield f"{path}: there is no {name}"
        elif not fits(schema, known[name], value):
            yield f"{path}.{name}: {value!r} is of another type"


def fits(schema: Spec, spec: Spec, value: Any) -> bool:
    """Tell whether a value is of a type; a reference may be of any."""
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        return True
    if "oneOf" in spec:
        return any(fits(schema, each, value) for each in spec["oneOf"])
    if "$ref" in spec:
        return fits_reference(schema, spec["$ref"], value)
    if not isinstance(value, _PLAIN[spec["type"]]):
        return False
    inner = spec.get("items") or spec.get("additionalProperties")
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return inner is None or all(fits(schema, inner, item) for item in items)


def fits_reference(schema: Spec, reference: str, value: Any) -> bool:
    if reference.startswith("pulumi.json#/"):
        wanted = reference.rpartition("/")[2]
        return wanted == "Any" or (isinstance(value, dict) and wanted in map(_ASSETS.get, value))
    spec = schema["types"][reference.removeprefix("#/types/")]
    if "enum" in spec:
        return value in [each["value"] for each in spec["enum"]]
    required = spec.get("required", [])
    return not any(object_faults(schema, spec["properties"], required, value, ""))


def reference_faults(value: Any, told: Mapping[str, set[str] | None]) -> Iterator[str]:
    """Yield the references to what isn't there."""
    if isinstance(value, str):
        for name, property_name in _REFERENCE.findall(value):
            outputs = told.get(name, set())
            if name not in told or (property_name and outputs is not None and property_name not in outputs):
                yield f"there is no {name}.{property_name}"
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from reference_faults(each, told)
