"""The kinds of values that several resources take, and what means the same among them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from pulumi_daytona.core.models import Text, maybe_unknown
from pulumi_daytona.core.unknown import UNKNOWN

UNIQUE_NAME = (
    "The name in Daytona, unique in the organization; by default it follows from organization, project, "
    "stack and logical name."
)
NAME = "The name in Daytona; by default it follows from organization, project, stack and logical name."
ADOPT = (
    "Whether to take over one that exists already; from then on this stack owns it, and destroys it. "
    "Default False: that there is one is an error."
)
ORGANIZATION = "Id of the organization; the configured one (daytona:organizationId) by default."

_PERMISSION = re.compile(r"[a-z]+:[a-z_]+")
_URL = re.compile(r"https?://[^\s/]+\S*")


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"needs a time with its zone, such as 2030-01-31T12:00:00Z, got {text!r}")
    return text


def _permission(text: str) -> str:
    if not _PERMISSION.fullmatch(text):
        raise ValueError(f"needs a permission such as write:sandboxes, got {text!r}")
    return text


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        raise ValueError("needs a URL such as https://example.com")
    return text


def _some(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Moment = Annotated[str, AfterValidator(_moment), maybe_unknown]
"""A time with its zone, as ISO 8601 writes it."""

Permission = Annotated[str, AfterValidator(_permission), maybe_unknown]
"""What a key or a role allows; servers may know more than this version does."""

Url = Annotated[str, AfterValidator(_url), maybe_unknown]
"""A URL of http or https; it isn't quoted in messages, as it may hold a password."""

Name = Annotated[str, AfterValidator(_some), maybe_unknown]
"""A text that is not empty."""

Texts = list[Text]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""A number that is not negative."""

Count = Annotated[int, Field(ge=0)]


def same_moment(old: str, new: str) -> bool:
    """Tell whether two times are one: the API answers with another spelling."""
    try:
        return datetime.fromisoformat(old) == datetime.fromisoformat(new)
    except (ValueError, TypeError):
        return old == new


def same_items(old: Collection[str], new: Collection[str]) -> bool:
    """Tell whether two lists have the same items, in any order."""
    return set(old) == set(new)


def is_known(value: object) -> bool:
    """Tell whether an input is set, and its value known."""
    return value is not None and value is not UNKNOWN
