"""Write names as the wire has them, and as Python has them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

RENAMED = {
    "ApiKeyList": "ApiKey",
    "DaytonaConfiguration": "ApiConfig",
    "GpuCapacity": "FreeGpu",
    "GpuCapacityResponse": "GpuCapacity",
    "HealthCheck": "ApiHealth",
    "OrganizationUser": "OrganizationMember",
    "PortPreviewUrl": "PreviewUrl",
    "SandboxMetrics": "SandboxUsage",
    "SignedPortPreviewUrl": "SignedPreviewUrl",
    "WebhookAppPortalAccess": "WebhookPortalAccess",
    "WebhookInitializationStatus": "WebhookStatus",
}
"""Models of the client that look-ups call by a clearer name."""


@lru_cache(4096)
def camel(name: str) -> str:
    """Return a name of Python as the wire has it: ``auto_stop_interval`` is ``autoStopInterval``."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def snake(name: str) -> str:
    """Return a name of the wire as Python has it: ``autoStopInterval`` is ``auto_stop_interval``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def token(name: str) -> str:
    """Return the token of a resource, a function or a type, for example ``daytona:index:Sandbox``."""
    return f"daytona:index:{name}"


def result_name(model: type[BaseModel]) -> str:
    """Return the name of the type that programs get for a model of the client."""
    plain = model.__name__.removesuffix("Dto").removesuffix("Response")
    return RENAMED.get(model.__name__, plain) + "Result"
