"""What is allowed; each rule takes the inputs of a sandbox and returns what is wrong, or None."""

import re
from collections.abc import Mapping
from typing import Any

MAX_AUTO_STOP_MINUTES = 120
MAX_SIZES = {"cpu": 4, "memory": 8, "disk": 20}


def stays_private(inputs: Mapping[str, Any]) -> str | None:
    """No sandbox is public."""
    if inputs.get("public"):
        return "it is public: anybody could open its ports; leave public out"
    return None


def stops_by_itself(inputs: Mapping[str, Any]) -> str | None:
    """Every sandbox stops when nobody uses it; left out, it does after the API's 15 minutes."""
    minutes = value(inputs, "auto_stop_interval")
    if minutes is None or 1 <= minutes <= MAX_AUTO_STOP_MINUTES:
        return None
    return f"auto_stop_interval is {minutes:.0f}; give 1 to {MAX_AUTO_STOP_MINUTES} minutes"


def has_a_modest_size(inputs: Mapping[str, Any]) -> str | None:
    """No sandbox is larger than the caps."""
    sizes = inputs.get("resources") or {}
    over = [
        f"{name} is {sizes[name]:.0f} of {most}"
        for name, most in MAX_SIZES.items()
        if sizes.get(name, 0) > most
    ]
    return "; ".join(over) or None


def value(inputs: Mapping[str, Any], name: str) -> Any:
    """Return an input by its name in Python, or in the native plugin: autoStopInterval."""
    native = re.sub("_(.)", lambda found: found[1].upper(), name)
    return inputs[name] if name in inputs else inputs.get(native)
