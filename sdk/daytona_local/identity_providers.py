"""The identity providers of organizations, as records: nobody signs in here, their secrets are not kept."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from daytona_local.collection import Collection
from daytona_local.records import Record


class IdentityProvider(Record):
    """Hold an identity provider."""

    kind: ClassVar[str] = "identity_provider"

    name: str
    issuer_url: str
    client_id: str
    scope: str | None = None
    email_domains: list[str] = Field(default_factory=list)
    allow_any_domain: bool = False
    trust_email_verified: bool = False
    default_assigned_role_ids: list[str] = Field(default_factory=list)
    enabled: bool = True


class IdentityProviders(Collection[IdentityProvider]):
    """Keep the identity providers."""

    record = IdentityProvider
    missing = "Identity provider with ID {} not found"
