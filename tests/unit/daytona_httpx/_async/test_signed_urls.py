"""URLs of files that work without the API key."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from daytona_httpx import AsyncSandbox, DaytonaError
from daytona_httpx.signing import signed_file_url

from tests.unit.daytona_httpx.fake_api import TOOLBOX_URL, FakeApi, refusal

pytestmark = pytest.mark.anyio


async def test_urls_are_signed_with_the_sandbox_s_key(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/signing-key", httpx.Response(200, json="k3y"))
    download = await sandbox.download_url("/a b", ttl_seconds=60)
    expires = int(parse_qs(urlsplit(download).query)["expires"][0])
    assert 55 <= expires - time.time() <= 61
    assert signed_file_url(f"{TOOLBOX_URL}/s1", "GET", "/a b", "k3y", expires) == download
    upload = await sandbox.upload_url("/a b", 0)
    assert signed_file_url(f"{TOOLBOX_URL}/s1", "POST", "/a b", "k3y", 0) == upload
    assert "k3y" not in download + upload + repr(sandbox)


async def test_a_key_is_kept_for_fifteen_seconds(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/signing-key", httpx.Response(200, json="k1"), httpx.Response(200, json="k2"))
    first = await sandbox.download_url("/f", 0)
    await asyncio.sleep(14.9)
    assert first == await sandbox.download_url("/f", 0)
    await asyncio.sleep(0.2)
    assert first != await sandbox.download_url("/f", 0)
    assert len(api.requests) == 2


async def test_a_rotated_key_is_used_at_once(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/signing-key", httpx.Response(200, json="k1"))
    api.on("POST", "/signing-key/rotate", httpx.Response(200, json="k2"))
    await sandbox.download_url("/f", 0)
    await sandbox.rotate_signing_key()
    assert signed_file_url(f"{TOOLBOX_URL}/s1", "GET", "/f", "k2", 0) == await sandbox.download_url("/f", 0)
    assert len(api.sent("GET")) == 1


async def test_refusals_have_the_operation_s_prefix(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/signing-key", refusal(403, "Access denied"), httpx.Response(200))
    api.on("POST", "/signing-key/rotate", refusal(403, "Access denied"))
    with pytest.raises(DaytonaError, match="Failed to create download URL: Access denied"):
        await sandbox.download_url("/f")
    with pytest.raises(DaytonaError, match="Failed to create upload URL: the API answered no signing key"):
        await sandbox.upload_url("/f")
    with pytest.raises(DaytonaError, match="Failed to rotate signing key: Access denied"):
        await sandbox.rotate_signing_key()
