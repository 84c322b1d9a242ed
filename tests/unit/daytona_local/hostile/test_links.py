"""Links that let one in: forged, changed, out of date, taken back, or of a sandbox that is gone."""

from __future__ import annotations

import time
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, Sandbox, SessionExecuteRequest
from daytona_local import LocalDaytona
from daytona_local.toolbox import signed
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

PORT = 8000
WEBSOCKET = {"Upgrade": "websocket", "Connection": "Upgrade", "Origin": "https://evil.example"}


def is_let_in(url: str, method: str = "GET", **more: object) -> bool:
    """Tell whether a request gets through to what it asks for."""
    try:
        return httpx.request(method, url, timeout=60, **more).status_code == 200  # type: ignore[arg-type]
    except httpx.ConnectError:
        return False


def served(client: Daytona, name: str) -> Sandbox:
    """Make a sandbox with a file, and a server for who is let in."""
    sandbox = client.create(CreateSandboxFromSnapshotParams(name=name))
    sandbox.fs.upload_file(b"private", "file")
    sandbox.process.create_session("server")
    command = f"python3 -m http.server {PORT}"
    sandbox.process.execute_session_command("server", SessionExecuteRequest(command=command, run_async=True))
    link = sandbox.get_preview_link(PORT)
    while not is_let_in(link.url, headers={"x-daytona-preview-token": link.token}):
        time.sleep(0.05)
    return sandbox


@pytest.fixture(scope="module")
def box(client: Daytona) -> Sandbox:
    """Return the sandbox that the links lead to."""
    return served(client, "box")


@pytest.fixture(scope="module")
def other(client: Daytona) -> Sandbox:
    """Return a sandbox of the attacker's own."""
    return client.create(CreateSandboxFromSnapshotParams(name="other"))


@pytest.fixture
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server's time be an hour later."""
    monkeypatch.setattr(signed, "time", SimpleNamespace(time=lambda: time.time() + 3600))


def changed(url: str, **fields: str) -> str:
    """Return a link with other values in its query."""
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), **fields})
    return urlunsplit(parts._replace(query=query))


class TestFiles:
    """Signed links to one file."""

    def test_a_link_lets_in_and_its_parts_are_all_signed(self, box: Sandbox, other: Sandbox) -> None:
        url = box.download_url("file", ttl_seconds=600)
        assert is_let_in(url)
        assert not any(
            map(
                is_let_in,
                [
                    changed(url, path="/etc/passwd"),
                    changed(url, path="./file"),
                    changed(url, expires="0"),
                    changed(url, expires=str(int(dict(parse_qsl(urlsplit(url).query))["expires"]) + 1)),
                    changed(url, signature="v1_"),
                    changed(url, signature=""),
                    url[:-1],
                    url.replace(box.id, other.id),
                    url.replace(box.id, "box"),
                    url.replace("/files/download", "/files/info"),
                    url.replace("/files/download", "/files"),
                    url.replace("/files/download", "/files/download/../info"),
                    url.replace("/toolbox/", "/toolbox//"),
                ],
            )
        )

    @pytest.mark.parametrize("order", ["{signed}&path=/etc/passwd", "path=/etc/passwd&{signed}"])
    def test_a_second_path_is_not_served_under_the_first_ones_signature(
        self, box: Sandbox, order: str
    ) -> None:
        parts = urlsplit(box.download_url("file"))
        answer = httpx.get(urlunsplit(parts._replace(query=order.format(signed=parts.query))))
        assert b"root:" not in answer.content
        assert (answer.status_code, answer.content) in [(200, b"private"), (401, answer.content)]

    def test_a_link_for_reading_is_none_for_writing(self, box: Sandbox) -> None:
        url = box.download_url("file")
        assert not is_let_in(url, "POST", content=b"changed")
        assert not is_let_in(url.replace("/download", "/upload-v2"), "POST", content=b"changed")
        assert not is_let_in(box.upload_url("file"))
        assert b"private" == box.fs.download_file("file")

    @pytest.mark.usefixtures("an_hour_later")
    def test_a_link_is_over_when_its_time_is(self, box: Sandbox) -> None:
        assert not is_let_in(box.download_url("file", ttl_seconds=3599))
        assert is_let_in(box.download_url("file", ttl_seconds=7200))

    def test_a_rotated_key_ends_its_links(self, box: Sandbox) -> None:
        url = box.download_url("file")
        assert is_let_in(url)
        box.rotate_signing_key()
        assert not is_let_in(url)
        assert is_let_in(box.download_url("file"))


class TestPreviews:
    """Links to a port."""

    def test_a_plain_link_needs_its_own_token(
        self, box: Sandbox, other: Sandbox, server: LocalDaytona
    ) -> None:
        link = box.get_preview_link(PORT)
        wrong = [
            "", link.token[:-1], f"{link.token}0", link.token.upper(), other.get_preview_link(PORT).token,
            box.create_signed_preview_url(PORT).token, box.create_ssh_access().token, server.api_key,
        ]  # fmt: skip
        assert not any(is_let_in(link.url, headers={"x-daytona-preview-token": each}) for each in wrong)
        assert not any(is_let_in(link.url, params={"DAYTONA_SANDBOX_AUTH_KEY": each}) for each in wrong)
        assert is_let_in(link.url, params={"DAYTONA_SANDBOX_AUTH_KEY": link.token})

    def test_a_lesser_key_opens_no_preview(self, client: Daytona, box: Sandbox) -> None:
        key = client.api_keys.create("previews", ["write:sandboxes", "delete:sandboxes"]).value
        assert not is_let_in(box.get_preview_link(PORT).url, headers={"Authorization": f"Bearer {key}"})

    def test_no_name_that_was_made_to_lead_here_opens_one(self, box: Sandbox) -> None:
        link, signed_link = box.get_preview_link(PORT), box.create_signed_preview_url(PORT)
        for host in ("evil.example", f"127.0.0.1.evil.example:{PORT}", "localhost.evil.example"):
            headers = {"Host": host, "x-daytona-preview-token": link.token}
            assert not is_let_in(link.url, headers=headers)
            assert not is_let_in(signed_link.url, headers={"Host": host})

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
            WEBSOCKET,
        ],
    )
    def test_a_page_of_another_site_finds_no_signed_link_by_trying_ports(
        self, box: Sandbox, headers: dict[str, str]
    ) -> None:
        url = box.create_signed_preview_url(PORT).url
        answer = httpx.get(url, headers=headers)
        assert (403, True) == (answer.status_code, "a page of another site" in answer.json()["message"])
        assert is_let_in(url, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})

    def test_a_signed_link_is_over_when_it_is_taken_back(self, box: Sandbox, client: Daytona) -> None:
        link = box.create_signed_preview_url(PORT)
        assert is_let_in(link.url)
        for port, token in ((PORT + 1, link.token), (PORT, link.token[:-1])):
            box.expire_signed_preview_url(port, token)
            assert is_let_in(link.url)
        box.expire_signed_preview_url(PORT, link.token)
        assert not is_let_in(link.url)

    def test_a_terminal_is_opened_by_its_own_sandboxs_token_only(self, box: Sandbox, other: Sandbox) -> None:
        url = f"{box.toolbox_proxy_url}/{box.id}/process/pty/none/connect".replace("http", "ws", 1)
        for token in ("", other.get_preview_link(PORT).token, box.create_signed_preview_url(PORT).token):
            refused = pytest.raises(InvalidStatus)
            with refused as answer, connect(f"{url}?DAYTONA_SANDBOX_AUTH_KEY={token}"):
                pass
            assert 403 == answer.value.response.status_code


def test_no_link_leads_to_the_next_sandbox_of_the_same_name(client: Daytona) -> None:
    first = served(client, "again")
    link, signed_link = first.get_preview_link(PORT), first.create_signed_preview_url(PORT)
    file, token = first.download_url("file"), {"x-daytona-preview-token": link.token}
    assert is_let_in(link.url, headers=token)
    assert is_let_in(signed_link.url)
    assert is_let_in(file)
    first.delete(wait=True)
    old = [link.url, signed_link.url, file]

    gone = [is_let_in(url, headers=token) for url in old]
    second = served(client, "again")
    replaced = [is_let_in(url, headers=token) for url in old]

    assert [False] * 3 == gone == replaced
    assert not is_let_in(second.get_preview_link(PORT).url, headers=token)
    assert not is_let_in(file.replace(first.id, second.id))
    assert not client.previews.is_valid_auth_token("again", link.token)
