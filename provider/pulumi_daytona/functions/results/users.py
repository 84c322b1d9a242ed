# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``users`` return."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class UserPublicKeyResult:
    """Hold a user's public key."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class UserResult:
    """Hold a user as the API sends it.

    What may be a secret and doesn't show in ``repr``: pylon_email_hash.
    """

    id: str
    name: str
    email: str
    email_verified: bool
    public_keys: list[UserPublicKeyResult]
    pylon_email_hash: str | None = field(repr=False)
    created_at: str | None


@dataclass(frozen=True, kw_only=True)
class ApiKeyResult:
    """Hold what is known of an API key; of its value only the ends.

    What may be a secret and doesn't show in ``repr``: value.
    """

    name: str
    value: str = field(repr=False)
    permissions: list[str]
    user_id: str
    organization_id: str | None
    created_at: str | None
    last_used_at: str | None
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class AccountProviderResult:
    """Hold a service whose accounts a user may link."""

    name: str
    display_name: str


@dataclass(frozen=True, kw_only=True)
class PendingSsoLinkResult:
    """Hold a link to an organization's identity provider that waits for the user's word."""

    id: str
    idp_name: str
    organization_id: str
    provider_email: str | None
    created_at: str | None
    expires_at: str | None
