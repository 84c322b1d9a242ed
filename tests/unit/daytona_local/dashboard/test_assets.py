"""The page's files: open to everyone, with strict headers, and nothing else is served that way."""

from __future__ import annotations

import http.client
from pathlib import Path

import daytona_local.dashboard
import httpx
import pytest
from daytona_local.dashboard.assets import MEDIA_TYPES

from tests.unit.daytona_local.dashboard.conftest import Scene

PAGE = Path(daytona_local.dashboard.__file__).parent / "page"


def _raw(scene: Scene, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Ask for a path as it is, which most clients would tidy up before."""
    connection = http.client.HTTPConnection(scene.server.url.removeprefix("http://"), timeout=60)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/", "/dashboard/index.html"])
def test_the_page_needs_no_key(scene: Scene, path: str) -> None:
    assert (200, (PAGE / "index.html").read_bytes()) == _raw(scene, path)


def test_every_file_of_the_page_is_served_with_its_type(anyone: httpx.Client) -> None:
    for file in PAGE.rglob("*.*"):
        answer = anyone.get(f"/dashboard/{file.relative_to(PAGE)}")
        expected = MEDIA_TYPES.get(file.suffix[1:])
        if expected is None:
            assert 404 == answer.status_code, file
        else:
            assert (200, file.read_bytes()) == (answer.status_code, answer.content), file
            assert answer.headers["Content-Type"].startswith(expected), file


def test_a_browser_is_told_to_run_and_reach_nothing_else(scene: Scene, anyone: httpx.Client) -> None:
    headers = anyone.get("/dashboard").headers
    host = scene.server.url.removeprefix("http://")
    assert (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        f"connect-src 'self' ws://{host}; img-src 'self' data: blob:; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ) == headers["Content-Security-Policy"]
    assert ("nosniff", "no-referrer", "no-cache") == (
        headers["X-Content-Type-Options"],
        headers["Referrer-Policy"],
        headers["Cache-Control"],
    )


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/../stream.py",
        "/dashboard/..%2fstream.py",
        "/dashboard/%2e%2e/stream.py",
        "/dashboard/%2e%2e%2fstream.py",
        "/dashboard/vendor/../../stream.py",
        "/dashboard/./index.html",
        "/dashboard//index.html",
        "/dashboard//etc/passwd",
        "/dashboard/vendor",
        "/dashboard/vendor/",
        "/dashboard/index.html%00",
        "/dashboard/nothing.js",
    ],
)
def test_no_path_leads_out(scene: Scene, path: str) -> None:
    assert 404 == _raw(scene, path)[0]


@pytest.mark.parametrize(
    "path",
    ["/dashboard/../api/sandbox", "/dashboard/%2e%2e/_local/journal", "/dashboardx", "/dashboard/api/x"],
)
def test_what_needs_the_key_is_not_reached_through_the_page(scene: Scene, path: str) -> None:
    assert _raw(scene, path)[0] in (401, 404)


def test_a_page_is_only_to_be_read(scene: Scene) -> None:
    assert 404 == _raw(scene, "/dashboard", "POST")[0]
