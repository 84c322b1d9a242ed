"""States to draw: a real one that the engine exported, without what isn't read, and small ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SHOP = FOLDER / "shop.json"
HERE = "urn:pulumi:dev::shop"
STACK = "acme/shop/dev"
SEALED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}


def shop() -> Any:
    return json.loads(SHOP.read_text())


def urn(kind: str, name: str) -> str:
    return f"{HERE}::daytona:index:{kind}::{name}"


def resource(kind: str, name: str, uses: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Return what the native plugin has made."""
    return {
        "urn": urn(kind, name),
        "custom": True,
        "id": f"id-of-{name}",
        "type": f"daytona:index:{kind}",
        "dependencies": list(uses),
        **more,
    }


def component(name: str, **more: Any) -> dict[str, Any]:
    kind = "acme:teams:Team"
    return {"urn": f"{HERE}::{kind}::{name}", "custom": False, "type": kind, **more}


def state(*resources: Any) -> dict[str, Any]:
    return {"version": 3, "deployment": {"manifest": {}, "resources": list(resources)}}
