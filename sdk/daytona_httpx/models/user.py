"""The wire models of users."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class UserPublicKey(WireModel):
    """Hold a user's public key."""

    key: str
    name: str = ""


class User(WireModel):
    """Hold a user as the API sends it.

    Example:
        >>> daytona.users.get_me().name
        'daytona-local'
    """

    id: str
    name: str = ""
    email: str = ""
    email_verified: bool = False
    public_keys: list[UserPublicKey] = Field(default_factory=list)
    pylon_email_hash: str | None = Field(default=None, repr=False)
    created_at: str | None = None


class AccountProvider(WireModel):
    """Hold a service whose accounts a user may link."""

    name: str
    display_name: str = ""


class PendingSsoLink(WireModel):
    """Hold a link to an organization's identity provider that waits for the user's word."""

    id: str
    idp_name: str = ""
    organization_id: str = ""
    provider_email: str | None = None
    created_at: str | None = None
    expires_at: str | None = None
