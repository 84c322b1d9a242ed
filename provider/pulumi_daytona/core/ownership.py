"""The marks that say which stack made a sandbox, and whether its creation has been handed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

PREFIX = "pulumi-daytona/"
OWNER = PREFIX + "owner"
CREATING = PREFIX + "creating"
LANGUAGE = "code-toolbox-language"

_NAME_LENGTH = 48
_HASH_LENGTH = 7


def owner_of(organization: str, urn: str) -> str:
    """Return who a resource is, across organizations and stacks."""
    return f"{organization}/{urn}"


def resource_name(owner: str) -> str:
    """Return the logical name at the end of an owner."""
    return owner.rsplit("::", 1)[-1]


def names_for(owner: str, content: str = "") -> Iterator[str]:
    """Yield the names a resource without a name of its own may take, the first one first.

    They follow from who the resource is, so that a repeated create meets its earlier self.

    Args:
        owner: Who the resource is.
        content: A short digest of what it is made of, where other content is to have another name.
    """
    digest = hashlib.sha256(owner.encode()).hexdigest()[:_HASH_LENGTH]
    base = "-".join(part for part in (_plain(resource_name(owner)), digest, content) if part)
    yield base
    for number in range(2, 100):
        yield f"{base}-{number}"


def digest_of(request: Mapping[str, Any]) -> str:
    """Return a short digest of a create request, to tell whether two ask for the same."""
    text = json.dumps(request, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def user_labels(labels: Mapping[str, str], declared: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the labels that are the user's: neither the marks, nor what a client added."""
    shown = declared or {}
    return {
        key: value
        for key, value in labels.items()
        if not key.startswith(PREFIX) and (key != LANGUAGE or key in shown)
    }


def marked_labels(labels: Mapping[str, str], owner: str | None) -> dict[str, str]:
    """Return the labels with the owner's mark."""
    return {**labels, OWNER: owner} if owner else dict(labels)


def without_mark(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the labels without the mark of creation."""
    return {key: value for key, value in labels.items() if key != CREATING}


def _plain(name: str) -> str:
    text = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    return text.strip("-")[:_NAME_LENGTH] or "sandbox"
