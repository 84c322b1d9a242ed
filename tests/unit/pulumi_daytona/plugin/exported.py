"""Exported states as the engine writes them, of what the dynamic provider has made."""

from __future__ import annotations

import copy
import json
from typing import Any

from pulumi_daytona.plugin.migration import Migration, migration

STACK = "acme/shop/dev"
HERE = "urn:pulumi:dev::shop"
OURS = "pulumi-python:dynamic/daytona:"
HOST = f"{HERE}::pulumi:providers:pulumi-python::default"
MARK = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
NEW = f"{HERE}::pulumi:providers:daytona::default_1_2_3"


def sealed(value: Any) -> dict[str, Any]:
    """Return a secret as the test writes it: sealed, with what is inside for who opens it."""
    return {**MARK, "ciphertext": f"v1:{value}", "inside": json.dumps(value)}


def dynamic(kind: str, name: str, *, parents: str = "", **more: Any) -> dict[str, Any]:
    hidden = {"__provider": "gASV", "owner": f"acme/{HERE}::{OURS}{kind}::{name}"}
    inputs = {**hidden, **more.pop("inputs", {})}
    outputs = {**inputs, "declared": sorted(inputs), **more.pop("outputs", {})}
    return {
        "urn": f"{HERE}::{parents}{OURS}{kind}::{name}",
        "custom": True,
        "id": f"id-of-{name}",
        "type": f"{OURS}{kind}",
        "inputs": inputs,
        "outputs": outputs,
        "provider": f"{HOST}::8c6d",
        **more,
    }


def host(**inputs: Any) -> dict[str, Any]:
    kind = "pulumi:providers:pulumi-python"
    return {"urn": HOST, "custom": True, "id": "8c6d", "type": kind, "inputs": inputs, "outputs": inputs}


def state(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = {"manifest": {"time": "now"}, "resources": [host(), *resources], **more}
    return {"version": 3, "deployment": found}


def opened(value: Any) -> Any:
    """Return a state with its secrets as ``--show-secrets`` shows them."""
    if isinstance(value, dict):
        if "ciphertext" in value:
            return {**MARK, "plaintext": value["inside"]}
        return {key: opened(item) for key, item in value.items()}
    return [opened(item) for item in value] if isinstance(value, list) else value


def migrated(exported: dict[str, Any]) -> Migration:
    before = copy.deepcopy(exported)
    found = migration(STACK, exported, opened(exported), "1.2.3")
    assert before == exported
    return found
