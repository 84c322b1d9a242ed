"""Links to one file that work without a key: signed by who knows the sandbox's signing key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time

from starlette.datastructures import QueryParams
from starlette.types import Scope

from daytona_local.records import Sandbox

FOR_EVER = 0
_PATH = re.compile(r"/toolbox/([^/]+)/files/(download|upload-v2)")
_MOMENT = re.compile(r"[0-9]{1,15}")
_METHOD = {"download": "GET", "upload-v2": "POST"}


def signature(key: str, method: str, path: str, expires: int) -> str:
    """Return the signature of a link.

    Args:
        key: The sandbox's signing key.
        method: ``GET`` for a download, ``POST`` for an upload.
        path: The file.
        expires: Seconds since 1970 until which it works; 0 is for ever.
    """
    text = f"v1:files:{method}:{path}:{expires}".encode(errors="replace")
    digest = hmac.new(key.encode(), text, hashlib.sha256).digest()
    return "v1_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def signed_access(scope: Scope) -> bool:
    """Tell whether a request without a key is let in, since its link is signed.

    Args:
        scope: The request's, with the app in it.
    """
    match = _PATH.fullmatch(scope["path"])
    if scope["type"] != "http" or match is None or scope["method"] != _METHOD[match[2]]:
        return False
    sandbox = scope["app"].state.services.sandboxes.get(match[1])
    return sandbox is not None and is_signed(sandbox, scope["method"], QueryParams(scope["query_string"]))


def is_signed(sandbox: Sandbox, method: str, asked: QueryParams) -> bool:
    """Tell whether a link's signature is the sandbox's own, and the link has not expired."""
    expires = asked.get("expires", "")
    if not _MOMENT.fullmatch(expires):
        return False
    right = signature(sandbox.signing_key, method, asked.get("path", ""), int(expires))
    if not hmac.compare_digest(right.encode(), asked.get("signature", "").encode(errors="replace")):
        return False
    return int(expires) == FOR_EVER or time.time() < int(expires)
