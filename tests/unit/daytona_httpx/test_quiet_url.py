"""A URL with a secret in it leads where it should, and doesn't show it."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx.quiet_url import QuietURL


@pytest.mark.parametrize(
    "url", ["http://a/b/s%2Fcret/c?d=e", "http://a/b?token=s%2Fcret", "http://a/b?x=s%2Fcret#f"]
)
def test_the_secret_is_sent_and_not_shown(url: str) -> None:
    quiet = QuietURL(httpx.URL(url), "s/cret")

    assert httpx.URL(url).raw_path == quiet.raw_path
    assert url.replace("s%2Fcret", "...") == str(quiet)
    assert "cret" not in repr(quiet)
