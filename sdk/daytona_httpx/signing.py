"""Sign the URLs of files in a sandbox, so that they work without the API key."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlencode

DEFAULT_TTL_S = 3600
NEVER = 0
_OPERATIONS = {"GET": "/files/download", "POST": "/files/upload-v2"}


def signed_file_url(toolbox_url: str, method: str, path: str, key: str, expires: int) -> str:
    """Return the URL that downloads (GET) or uploads (POST, form field ``file``) a file.

    Args:
        toolbox_url: Where the sandbox's toolbox is.
        method: The HTTP method that the URL is good for.
        path: The path in the sandbox.
        key: The sandbox's signing key.
        expires: Unix seconds; 0 is never.
    """
    text = f"v1:files:{method}:{path}:{expires}"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    signature = "v1_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    query = urlencode({"path": path, "expires": expires, "signature": signature})
    return f"{toolbox_url}{_OPERATIONS[method]}?{query}"


def expiry(now: float, ttl_seconds: int | None) -> int:
    """Return when a URL ends, in Unix seconds; 0 is never.

    Args:
        now: Unix seconds.
        ttl_seconds: For how long it is good; an hour when left out, for ever when 0 or less.
    """
    ttl_s = DEFAULT_TTL_S if ttl_seconds is None else ttl_seconds
    return int(now) + ttl_s if ttl_s > 0 else NEVER
