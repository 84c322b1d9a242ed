"""Sign requests to an object store: AWS signature version 4, as every S3-compatible store takes it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

import httpx

EMPTY_SHA256 = hashlib.sha256().hexdigest()
"""The hash of a request without a body."""


@dataclass(frozen=True)
class Credentials:
    """Hold what signs requests; the session token is empty for keys that don't expire."""

    access_key: str
    secret_key: str = field(repr=False)
    session_token: str = field(repr=False)
    region: str


def signed_headers(
    method: str,
    url: str,
    credentials: Credentials,
    payload_sha256: str,
    at: datetime,
    headers: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the headers that make a request one of the credentials' owner.

    Args:
        method: The HTTP method.
        url: The whole URL; its path is sent as it is written here.
        credentials: Who signs.
        payload_sha256: The hash of the body, as hexadecimal text.
        at: The time; a store takes no request that is some minutes old.
        headers: More headers to sign.
    """
    place, stamp = httpx.URL(url), at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    made = {
        **(headers or {}),
        "host": place.netloc.decode(),
        "x-amz-content-sha256": payload_sha256,
        "x-amz-date": stamp,
    }
    if credentials.session_token:
        made["x-amz-security-token"] = credentials.session_token
    lowered = {name.lower(): " ".join(value.split()) for name, value in made.items()}
    names = ";".join(sorted(lowered))
    lines = [f"{name}:{lowered[name]}" for name in sorted(lowered)]
    path = place.raw_path.decode().partition("?")[0]
    request = "\n".join([method, path, _query(place), *lines, "", names, payload_sha256])
    scope = f"{stamp[:8]}/{credentials.region}/s3/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.new(
        _key(credentials, scope), f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}".encode(), hashlib.sha256
    ).hexdigest()
    made["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return made


def _key(credentials: Credentials, scope: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _query(place: httpx.URL) -> str:
    pairs = sorted(parse_qsl(place.query.decode(), keep_blank_values=True))
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
