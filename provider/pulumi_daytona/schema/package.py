"""Build the whole schema: what the package is, its configuration, and all that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.schema.functions import function_spec, function_types
from pulumi_daytona.schema.naming import camel, token
from pulumi_daytona.schema.resources import resource_spec, resource_types
from pulumi_daytona.schema.types import Spec

GO_MODULE = "pulumi-daytona.local/sdk/go/daytona"
"""The path of the generated Go module; programs replace it by the folder that it was generated into."""

_ABOUT: Spec = {
    "displayName": "Daytona",
    "description": "Declare Daytona sandboxes, and what belongs to them, in a Pulumi program.",
    "keywords": ["pulumi", "daytona", "sandbox", "category/cloud", "kind/native"],
    "homepage": "https://www.daytona.io",
    "license": "Apache-2.0",
    "publisher": "pulumi-daytona",
}
_LANGUAGES: Spec = {
    "nodejs": {
        "packageName": "pulumi-daytona",
        "respectSchemaVersion": True,
        "typescriptVersion": "^5.9.3",
    },
    "python": {
        "packageName": "pulumi_daytona_sdk",
        "respectSchemaVersion": True,
        "pyproject": {"enabled": True},
    },
    "go": {
        "importBasePath": GO_MODULE,
        "respectSchemaVersion": True,
    },
    "csharp": {"respectSchemaVersion": True},
}
_CONFIG: dict[str, tuple[str, str, bool]] = {
    "apiKey": ("The API key; needed, unless there is a token.", "DAYTONA_API_KEY", True),
    "jwtToken": ("A user's token, instead of a key; it needs organizationId.", "DAYTONA_JWT_TOKEN", True),
    "apiUrl": (
        "Where the API is; Daytona's cloud by default. For `daytona-local serve` or a server of one's own.",
        "DAYTONA_API_URL",
        False,
    ),
    "organizationId": (
        "Id of the organization; that of the key by default.",
        "DAYTONA_ORGANIZATION_ID",
        False,
    ),
    "target": ("The region of sandboxes that name none.", "DAYTONA_TARGET", False),
}


def build(version: str, examples: Mapping[str, str]) -> Spec:
    """Return the schema.

    Args:
        version: The version of the package.
        examples: An example of each kind of resource, as the Registry shows it.
    """
    definitions = [definition_of(name) for name in RESOURCES]
    look_ups = [*every_look_up()]
    types = _together(map(resource_types, definitions)) | _together(map(function_types, look_ups))
    return {
        "name": "daytona",
        "version": version,
        **_ABOUT,
        "meta": {"moduleFormat": "(.*)"},
        "language": _LANGUAGES,
        "config": {"variables": {name: _variable(name) for name in _CONFIG}},
        "provider": {
            "description": "Say where Daytona is, and with which key, for the resources that are given it.",
            "inputProperties": {name: _provider_input(name) for name in _CONFIG},
        },
        "types": dict(sorted(types.items())),
        "resources": {token(each.name): resource_spec(each, examples[each.name]) for each in definitions},
        "functions": {token(camel(each.name)): function_spec(each) for each in look_ups},
    }


def _together(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the types of all; a name stands for one type."""
    types: dict[str, Any] = {}
    for each in found:
        for name, spec in each.items():
            if types.setdefault(name, spec) != spec:
                raise ValueError(f"two types of the schema have one name: {name}; see RENAMED in naming.py")
    return types


def _variable(name: str) -> Spec:
    words, variable, secret = _CONFIG[name]
    spec = {"type": "string", "description": words, "defaultInfo": {"environment": [variable]}}
    return {**spec, "secret": True} if secret else spec


def _provider_input(name: str) -> Spec:
    """Return an input of a provider of one's own.

    The plugin itself reads the environment: a default here would bring what is in it into the state.
    """
    words, variable, secret = _CONFIG[name]
    spec = {"type": "string", "description": f"{words} By default what {variable} is in the environment."}
    return {**spec, "secret": True} if secret else spec
