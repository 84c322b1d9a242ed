"""URLs of files in a sandbox that work without the API key."""

from __future__ import annotations

from time import time
from typing import Any

from pydantic import PrivateAttr

from daytona_httpx._async import clock
from daytona_httpx._async.record import AsyncSandboxRecord
from daytona_httpx.errors import DaytonaError, prefixed
from daytona_httpx.signing import expiry, signed_file_url

KEY_S = 15.0
"""How long a signing key is kept: another client may rotate it."""


class AsyncSandboxSignedUrls(AsyncSandboxRecord):
    """Make URLs that anyone can use for a while; they are signed here, with a key that the API gives."""

    _signing_key: str = PrivateAttr(default="")
    _signing_key_until: float = PrivateAttr(default=0.0)

    async def download_url(self, path: str, ttl_seconds: int | None = None) -> str:
        """Return a URL that downloads a file while the sandbox runs: a GET (get sandbox signing key).

        Args:
            path: The path in the sandbox.
            ttl_seconds: For how long; an hour when left out, for ever when 0 or less.
        """
        with prefixed("Failed to create download URL: "):
            return await self._signed_url("GET", path, ttl_seconds)

    async def upload_url(self, path: str, ttl_seconds: int | None = None) -> str:
        """Return a URL that uploads a file: a POST of a form with ``file`` in it (get sandbox signing key).

        Args:
            path: The path in the sandbox.
            ttl_seconds: For how long; an hour when left out, for ever when 0 or less.
        """
        with prefixed("Failed to create upload URL: "):
            return await self._signed_url("POST", path, ttl_seconds)

    async def rotate_signing_key(self) -> None:
        """End all signed URLs of the sandbox (rotate signing key)."""
        with prefixed("Failed to rotate signing key: "):
            self._keep_key(await self._call("POST", "/signing-key/rotate"))

    async def _signed_url(self, method: str, path: str, ttl_seconds: int | None) -> str:
        if clock.now() >= self._signing_key_until:
            self._keep_key(await self._call("GET", "/signing-key"))
        toolbox_url = await self._toolbox.url(self._transport.request_deadline(None))
        return signed_file_url(toolbox_url, method, path, self._signing_key, expiry(time(), ttl_seconds))

    def _keep_key(self, answer: Any) -> None:
        if not isinstance(answer, str) or not answer:
            raise DaytonaError("the API answered no signing key; the server may be too old for signed URLs")
        self._signing_key, self._signing_key_until = answer, clock.now() + KEY_S
