"""The wire models of preview links and SSH access."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class PortPreviewUrl(WireModel):
    """Hold the link to a port, and the token that a private sandbox asks for.

    Example:
        >>> link = sandbox.get_preview_link(8000)
        >>> link.sandbox_id == sandbox.id, link.url.startswith("http"), bool(link.token)
        (True, True, True)
    """

    sandbox_id: str
    url: str
    token: str = Field(repr=False)


class SignedPortPreviewUrl(WireModel):
    """Hold a link that works for a while without another token.

    Example:
        >>> link = sandbox.create_signed_preview_url(8000, expires_in_seconds=60)
        >>> link.port, link.url.startswith("http")
        (8000, True)
        >>> sandbox.expire_signed_preview_url(8000, link.token)
    """

    sandbox_id: str
    port: int
    url: str = Field(repr=False)
    token: str = Field(repr=False)


class SshAccessDto(WireModel):
    """Hold a token for SSH.

    Example:
        >>> access = sandbox.create_ssh_access(expires_in_minutes=10)
        >>> access.sandbox_id == sandbox.id, access.token in access.ssh_command
        (True, True)
        >>> sandbox.revoke_ssh_access(access.token)
    """

    id: str
    sandbox_id: str
    token: str = Field(repr=False)
    expires_at: str
    created_at: str | None = None
    updated_at: str | None = None
    ssh_command: str | None = Field(default=None, repr=False)


class SshAccessValidationDto(WireModel):
    """Hold whether a token for SSH is valid, and for which sandbox.

    Example:
        >>> sandbox.validate_ssh_access("made up").valid
        False
    """

    valid: bool
    sandbox_id: str | None = None
