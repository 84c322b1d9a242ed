"""Signatures: those that AWS publishes for its examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from daytona_httpx.s3 import EMPTY_SHA256, Credentials, signed_headers

AT = datetime(2013, 5, 24, tzinfo=UTC)
KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", "us-east-1")
HOST = "https://examplebucket.s3.amazonaws.com"
PAYLOAD = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"


@pytest.mark.parametrize(
    ("method", "path", "payload", "headers", "signature"),
    [
        (
            "GET",
            "/test.txt",
            EMPTY_SHA256,
            {"Range": "bytes=0-9"},
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test%24file.text",
            PAYLOAD,
            {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/?lifecycle",
            EMPTY_SHA256,
            {},
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/?prefix=J&max-keys=2",
            EMPTY_SHA256,
            {},
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_the_examples_of_aws_have_their_signatures(
    method: str, path: str, payload: str, headers: dict[str, str], signature: str
) -> None:
    made = signed_headers(method, HOST + path, KEYS, payload, AT, headers)
    assert made["Authorization"].endswith(f"Signature={signature}")
    assert "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request" in made["Authorization"]


def test_a_passing_key_s_token_is_sent_and_signed() -> None:
    keys = Credentials("A", "s3cret", "t0ken", "eu")
    made = signed_headers("PUT", "http://127.0.0.1:9000/store/b/k", keys, PAYLOAD, AT)
    assert ("t0ken", "127.0.0.1:9000") == (made["x-amz-security-token"], made["host"])
    assert "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token" in made["Authorization"]
    assert "s3cret" not in str(made)


def test_the_time_is_that_of_the_world() -> None:
    there = AT.astimezone(timezone(timedelta(hours=9)))
    assert signed_headers("GET", HOST, KEYS, EMPTY_SHA256, AT) == signed_headers(
        "GET", HOST, KEYS, EMPTY_SHA256, there
    )


def test_a_default_port_is_no_part_of_the_host() -> None:
    made = signed_headers("GET", "https://s3.test:443/b/k", KEYS, EMPTY_SHA256, AT)
    assert made["host"] == "s3.test"


def test_keys_are_not_shown() -> None:
    shown = repr(Credentials("A", "s3cret", "t0ken", "eu"))
    assert "s3cret" not in shown
    assert "t0ken" not in shown
