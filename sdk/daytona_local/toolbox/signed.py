"""What works without a key: links to one file, signed, and websockets with the sandbox's own token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time

from starlette.datastructures import QueryParams
from starlette.types import Scope

from daytona_local.preview_head import TOKEN_PARAMETER
from daytona_local.records import Sandbox

FOR_EVER = 0
_PATH = re.compile(r"/toolbox/([^/]+)/files/(download|upload-v2)")
_SOCKET = re.compile(r"/toolbox/([^/]+)/.+")
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


def token_access(scope: Scope) -> bool:
    """Tell whether a websocket without a key is let in, since its address has the sandbox's preview token.

    A browser can't send a key with it: clients that run in one ask for the token, and connect with that.

    Args:
        scope: The websocket's, with the app in it.
    """
    match = _SOCKET.fullmatch(scope["path"])
    if scope["type"] != "websocket" or match is None:
        return False
    sandbox = scope["app"].state.services.sandboxes.get(match[1])
    given = QueryParams(scope["query_string"]).get(TOKEN_PARAMETER, "")
    return sandbox is not None and hmac.compare_digest(
        sandbox.auth_token.encode(), given.encode(errors="replace")
    )


def is_signed(sandbox: Sandbox, method: str, asked: QueryParams) -> bool:
    """Tell whether a link's signature is the sandbox's own, and the link has not expired."""
    expires = asked.get("expires", "")
    if not _MOMENT.fullmatch(expires):
        return False
    right = signature(sandbox.signing_key, method, asked.get("path", ""), int(expires))
    if not hmac.compare_digest(right.encode(), asked.get("signature", "").encode(errors="replace")):
        return False
    return int(expires) == FOR_EVER or time.time() < int(expires)
