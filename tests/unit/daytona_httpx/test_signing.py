"""Signed URLs: what a server computes, computed here."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from daytona_httpx.signing import expiry, signed_file_url


@pytest.mark.parametrize(("method", "operation"), [("GET", "/files/download"), ("POST", "/files/upload-v2")])
def test_a_url_has_path_end_and_signature(method: str, operation: str) -> None:
    url = urlsplit(signed_file_url("http://t.test/toolbox/s1", method, "/a b&c/ü", "k3y", 99))
    query = parse_qs(url.query)
    digest = hmac.new(b"k3y", f"v1:files:{method}:/a b&c/ü:99".encode(), hashlib.sha256).digest()
    expected = "v1_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert f"/toolbox/s1{operation}" == url.path
    assert {"path": ["/a b&c/ü"], "expires": ["99"], "signature": [expected]} == query


def test_a_signature_is_that_of_another_implementation() -> None:
    url = signed_file_url("http://t", "GET", "/f", "key", 0)
    assert url.endswith("signature=v1_7rRcU4VHMVs6Z_WzjvWBEE7KY1XwPmIqvSiCcujZYaI")


@pytest.mark.parametrize(("ttl", "expires"), [(None, 4600), (5, 1005), (0, 0), (-1, 0)])
def test_an_hour_is_the_default_and_nothing_is_for_ever(ttl: int | None, expires: int) -> None:
    assert expires == expiry(1000.9, ttl)
