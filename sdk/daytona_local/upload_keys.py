"""Passing keys for the object store: who may send files there, told by AWS signatures of version 4.

Nothing is kept of them: they follow from the server's own key, and tell themselves when they end.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from daytona_local.errors import ForbiddenError

REGION = "us-east-1"
LASTING_S = 3600
SKEW_S = 900
"""How old, or how much in the future, a signature may be."""

_KEY = re.compile(r"LOCAL([0-9]{10,12})X[0-9A-F]{16}")
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(\w+)/(\d{8})/([\w-]+)/s3/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)
_STAMP = re.compile(r"\d{8}T\d{6}Z")
_MUST = frozenset({"host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"})


@dataclass(frozen=True)
class UploadKey:
    """Hold a passing key."""

    access_key: str
    secret: str = field(repr=False)
    session_token: str = field(repr=False)


@dataclass(frozen=True)
class SignedRequest:
    """Hold what a signature is about; the path and the query as they were sent.

    Args:
        method: The HTTP method.
        path: The path.
        query: The query.
        headers: The headers, their names in small letters.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


class UploadKeys:
    """Make keys, and tell whether a request was signed by one.

    Args:
        api_key: The server's own key.
    """

    def __init__(self, api_key: str) -> None:
        self._key = api_key.encode()

    def new(self) -> UploadKey:
        """Make a key that lasts an hour."""
        return self._key_of(f"LOCAL{int(time.time()) + LASTING_S}X{secrets.token_hex(8).upper()}")

    def check(self, request: SignedRequest) -> None:
        """Refuse a request that isn't signed by one of the keys, just now.

        Raises:
            ForbiddenError: It isn't.
        """
        match = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
        stamp = request.headers.get("x-amz-date", "")
        if match is None or not _STAMP.fullmatch(stamp) or _MUST - {*match[4].split(";")}:
            raise ForbiddenError("the request is not signed as it must be")
        access_key, day, region, names, signature = match.groups()
        key = self._key_of(access_key)
        right = _signature(request, key, f"{day}/{region}/s3/aws4_request", names.split(";"))
        token = request.headers.get("x-amz-security-token", "")
        if not (_same(right, signature) and _same(key.session_token, token)):
            raise ForbiddenError("the signature is not right")
        if not _lasts(access_key) or not _is_now(stamp) or not stamp.startswith(day) or region != REGION:
            raise ForbiddenError("the signature is not valid here and now; ask for new keys")

    def _key_of(self, access_key: str) -> UploadKey:
        secret, token = (self._derived(f"{what}:{access_key}") for what in ("secret", "session"))
        return UploadKey(access_key, secret, token)

    def _derived(self, text: str) -> str:
        return base64.b64encode(
            hmac.new(self._key, f"upload:{text}".encode(), hashlib.sha256).digest()
        ).decode()


def _signature(request: SignedRequest, key: UploadKey, scope: str, names: list[str]) -> str:
    pairs = sorted(parse_qsl(request.query, keep_blank_values=True))
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    lines = [f"{name}:{' '.join(request.headers.get(name, '').split())}" for name in names]
    payload = request.headers.get("x-amz-content-sha256", "")
    signed = "\n".join([request.method, request.path, query, *lines, "", ";".join(names), payload])
    digest = hashlib.sha256(signed.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{request.headers['x-amz-date']}\n{scope}\n{digest}"
    made = f"AWS4{key.secret}".encode()
    for part in (*scope.split("/"), text):
        made = hmac.new(made, part.encode(), hashlib.sha256).digest()
    return made.hex()


def _same(right: str, given: str) -> bool:
    return hmac.compare_digest(right.encode(), given.encode(errors="replace"))


def _lasts(access_key: str) -> bool:
    match = _KEY.fullmatch(access_key)
    return match is not None and time.time() < int(match[1])


def _is_now(stamp: str) -> bool:
    try:
        sent = calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return False
    return abs(time.time() - sent) <= SKEW_S
