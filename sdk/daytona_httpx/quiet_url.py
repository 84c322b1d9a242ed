"""URLs that hold a secret: httpx logs every URL that it requests, so their text hides it."""

from __future__ import annotations

from urllib.parse import quote

import httpx

HIDDEN = "..."


class QuietURL(httpx.URL):
    """Be a URL like any other, but for how it is written.

    Args:
        url: The URL.
        secret: What is in its path or query, and must be in no log.
    """

    def __init__(self, url: httpx.URL, secret: str) -> None:
        super().__init__(url)
        self._secret = quote(secret, safe="")

    def __str__(self) -> str:
        return super().__str__().replace(self._secret, HIDDEN)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"
