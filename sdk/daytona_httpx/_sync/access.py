# Generated from _async by `make generate`; do not edit.
"""The ways into a sandbox: preview links and SSH."""

from __future__ import annotations

from urllib.parse import quote

from daytona_httpx._sync.record import SandboxRecord
from daytona_httpx.errors import prefixed
from daytona_httpx.models.access import (
    PortPreviewUrl,
    SignedPortPreviewUrl,
    SshAccessDto,
    SshAccessValidationDto,
)
from daytona_httpx.models.base import parse


class SandboxAccess(SandboxRecord):
    """Get into a sandbox from outside.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.
    """

    def get_preview_link(self, port: int, request_timeout: float | None = None) -> PortPreviewUrl:
        """Return the link to a port, and the token that a private sandbox asks for (get port preview url)."""
        with prefixed("Failed to get preview link: "):
            deadline = self._transport.request_deadline(request_timeout)
            return parse(PortPreviewUrl, self._call("GET", f"/ports/{int(port)}/preview-url", deadline))

    def create_signed_preview_url(
        self, port: int, expires_in_seconds: int | None = None, request_timeout: float | None = None
    ) -> SignedPortPreviewUrl:
        """Return a link that works without a token for a while (get signed port preview url).

        Args:
            port: The port.
            expires_in_seconds: For how long, 1 to 86400; the server's default when left out.
            request_timeout: Seconds for the request.
        """
        params = {} if expires_in_seconds is None else {"expiresInSeconds": expires_in_seconds}
        with prefixed("Failed to create signed preview url: "):
            deadline = self._transport.request_deadline(request_timeout)
            path = f"/ports/{int(port)}/signed-preview-url"
            return parse(SignedPortPreviewUrl, self._call("GET", path, deadline, params=params))

    def expire_signed_preview_url(self, port: int, token: str, request_timeout: float | None = None) -> None:
        """End a signed link before its time (expire signed port preview url)."""
        with prefixed("Failed to expire signed preview url: "):
            deadline = self._transport.request_deadline(request_timeout)
            path = f"/ports/{int(port)}/signed-preview-url/{quote(token, safe='')}/expire"
            self._call("POST", path, deadline, secret=token)

    def create_ssh_access(
        self, expires_in_minutes: int | None = None, request_timeout: float | None = None
    ) -> SshAccessDto:
        """Return a token for SSH; it ends those before it (create ssh access).

        Args:
            expires_in_minutes: For how long; the server's default of 60 when left out.
            request_timeout: Seconds for the request.
        """
        params = {} if expires_in_minutes is None else {"expiresInMinutes": expires_in_minutes}
        with prefixed("Failed to create SSH access: "):
            deadline = self._transport.request_deadline(request_timeout)
            return parse(SshAccessDto, self._call("POST", "/ssh-access", deadline, params=params))

    def revoke_ssh_access(self, token: str, request_timeout: float | None = None) -> None:
        """End one token for SSH (revoke ssh access)."""
        with prefixed("Failed to revoke SSH access: "):
            deadline = self._transport.request_deadline(request_timeout)
            params = {"token": token}
            self._call("DELETE", "/ssh-access", deadline, params=params, secret=token)

    def validate_ssh_access(self, token: str, request_timeout: float | None = None) -> SshAccessValidationDto:
        """Tell whether a token for SSH is valid, and for which sandbox (validate ssh access)."""
        with prefixed("Failed to validate SSH access: "):
            deadline = self._transport.request_deadline(request_timeout)
            path, params = "/sandbox/ssh-access/validate", {"token": token}
            answer = self._transport.api("GET", path, deadline, params=params, secret=token)
            return parse(SshAccessValidationDto, answer)
