"""The page of the dashboard: files of this package, open to everyone, since they hold no data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daytona_local.errors import NotFoundError

PAGE = files("daytona_local.dashboard") / "page"
MEDIA_TYPES = {
    "html": "text/html",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "txt": "text/plain",
}
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws://{}; "
    "img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def index(request: Request) -> Response:
    """Return the page."""
    return _asset(request, "index.html")


async def asset(request: Request) -> Response:
    """Return what the page needs."""
    return _asset(request, request.path_params["name"])


def _asset(request: Request, name: str) -> Response:
    if name not in _names():
        raise NotFoundError(f"the dashboard has no {name}")
    # Host has been found to be a loopback name.
    policy = _POLICY.format(request.headers["host"])
    return Response(
        (PAGE / name).read_bytes(),
        headers={**HEADERS, "Content-Security-Policy": policy},
        media_type=MEDIA_TYPES[_suffix(name)],
    )


@cache
def _names() -> frozenset[str]:
    """Return what there is: a name that isn't one of these leads nowhere."""
    return frozenset(name for name in _below(PAGE, "") if _suffix(name) in MEDIA_TYPES)


def _below(folder: Traversable, path: str) -> Iterator[str]:
    for found in folder.iterdir():
        if found.is_dir():
            yield from _below(found, f"{path}{found.name}/")
        else:
            yield path + found.name


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]


routes = [
    Route("/dashboard", index, methods=["GET"]),
    Route("/dashboard/", index, methods=["GET"]),
    Route("/dashboard/{name:path}", asset, methods=["GET"]),
]
