# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``storage`` return."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class VolumeResult:
    """Hold a volume as the API sends it."""

    id: str
    name: str
    organization_id: str
    state: str
    created_at: str | None
    updated_at: str | None
    last_used_at: str | None
    error_reason: str | None


@dataclass(frozen=True, kw_only=True)
class SecretResult:
    """Hold a secret as the API sends it.

    Attributes:
        placeholder: What a sandbox sees in its place; the value is put in on the way out of it.
        hosts: Where the value may be sent to; none means anywhere.
    """

    id: str
    name: str
    description: str | None
    placeholder: str
    hosts: list[str]
    created_at: str | None
    updated_at: str | None
