"""Previews: what a proxy in front of sandboxes asks the API."""

from __future__ import annotations

from daytona_httpx._async.group import AsyncGroup, Parts
from daytona_httpx.errors import DaytonaNotFoundError
from daytona_httpx.models.preview import PreviewWarning
from daytona_httpx.wire import given


class AsyncPreviews(AsyncGroup):
    """Look up who may see a sandbox's ports.

    All but ``has_access`` need the key of Daytona's proxy. The API answers "no" with 404, so that nobody
    learns which sandboxes there are: those questions are answered with False here.
    """

    async def is_public(self, sandbox_id: str) -> bool:
        """Tell whether everyone may see a sandbox (is sandbox public); needs the proxy's key."""
        return await self._yes("get public status", ("preview", sandbox_id, "public"))

    async def has_access(self, sandbox_id: str) -> bool:
        """Tell whether this client's key or token may see a sandbox (has sandbox access)."""
        return await self._yes("get access", ("preview", sandbox_id, "access"))

    async def is_valid_auth_token(self, sandbox_id: str, auth_token: str) -> bool:
        """Tell whether a token lets one see a sandbox (is valid auth token); needs the proxy's key."""
        path = ("preview", sandbox_id, "validate", auth_token)
        return await self._yes("validate token", path, auth_token)

    async def get_warning(self, sandbox_id: str, port: int | None = None) -> PreviewWarning:
        """Return whether a warning comes first (is preview warning enabled); needs the proxy's key.

        Args:
            sandbox_id: The sandbox's id.
            port: For which port; some never warn.
        """
        path = ("preview", sandbox_id, "preview-warning")
        return await self._one(PreviewWarning, "get preview warning", "GET", path, params=given(port=port))

    async def get_signing_key(self, sandbox_id: str) -> str:
        """Return the key that signs a sandbox's links, a secret (get signing key); needs the proxy's key."""
        return await self._value(str, "get signing key", "GET", ("preview", sandbox_id, "signing-key"))

    async def get_sandbox_id(self, signed_preview_token: str, port: int) -> str:
        """Return the sandbox of a signed link; needs the proxy's key.

        (get sandbox id from signed preview url token)

        Raises:
            DaytonaNotFoundError: The token is none, or its time is over.
        """
        path = ("preview", signed_preview_token, str(int(port)), "sandbox-id")
        return await self._value(str, "get sandbox of signed link", "GET", path, signed_preview_token)

    async def _yes(self, doing: str, path: Parts, secret: str = "") -> bool:
        try:
            return await self._value(bool, doing, "GET", path, secret)
        except DaytonaNotFoundError:
            return False
