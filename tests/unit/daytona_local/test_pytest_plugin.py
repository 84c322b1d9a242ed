"""The pytest plugin, as a user's project has it: pytest in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona
from daytona_local import LocalDaytona

pytest_plugins = ["pytester"]

HEAVY = ("httpx", "pydantic", "pulumi", "starlette", "uvicorn", "sqlite3")
SLOW = ("-p", "no:schemathesis", "-p", "no:hypothesispytest")
OPTIONS = ("-W", "error", "-p", "no:cacheprovider", "-o", "anyio_mode=auto", *SLOW)

USED = """
    import os

    import pytest
    from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona

    @pytest.fixture
    def anyio_backend():
        return "asyncio"

    @pytest.mark.parametrize("time", [1, 2])
    def test_each_test_finds_the_server_empty(daytona, time):
        assert [] == list(daytona.list())
        daytona.create(CreateSandboxFromSnapshotParams(name="only"))
        daytona.volume.create("only")

    @pytest.mark.parametrize("time", [1, 2])
    async def test_so_does_each_async_one(async_daytona, time):
        assert [] == [sandbox async for sandbox in async_daytona.list()]
        await async_daytona.create(CreateSandboxFromSnapshotParams(name="only"))

    def test_a_client_that_the_code_makes_finds_the_same_server(daytona_environment, daytona_server):
        assert "DAYTONA_TARGET" not in os.environ
        with Daytona() as client:
            assert daytona_server.api_url == client.api_url == daytona_environment["DAYTONA_API_URL"]
            client.create(CreateSandboxFromSnapshotParams(name="only"))

    def test_and_leaves_nothing_either(daytona):
        assert [] == list(daytona.list())
"""

MAKING = """
    import pytest
    from daytona_httpx import CreateSandboxFromSnapshotParams, CreateSecretParams

    @pytest.fixture
    def anyio_backend():
        return "asyncio"

    def test_much_is_made(daytona):
        assert ["theirs"] == [sandbox.name for sandbox in daytona.list()]
        daytona.volume.get("ours", create=True)
        daytona.secret.create(CreateSecretParams(name="OURS", value="v"))
        sandbox = daytona.create(CreateSandboxFromSnapshotParams(name="ours"))
        sandbox.create_snapshot("ours-of-sandbox")
        sandbox.fork(name="ours-forked")
        daytona.create(CreateSandboxFromSnapshotParams(name="gone")).delete(wait=True)

    async def test_more_is_made(async_daytona):
        await async_daytona.create(CreateSandboxFromSnapshotParams(name="ours-async"))
        assert False, "a failing test leaves nothing either"
"""


@pytest.fixture
def live() -> Iterator[LocalDaytona]:
    """Return a server that stands for a live account, on which others have something."""
    with LocalDaytona(transition_s=0.01) as server:
        yield server


def test_every_test_has_the_server_to_itself_and_the_users_account_is_out_of_reach(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"API_KEY": "users", "API_URL": "http://127.0.0.1:1/api", "TARGET": "eu"}.items():
        monkeypatch.setenv(f"DAYTONA_{name}", value)
    pytester.makepyfile(USED)
    pytester.runpytest_subprocess(*OPTIONS, "-n", "2").assert_outcomes(passed=6)


def test_a_live_run_removes_what_its_tests_made_and_nothing_else(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, live: LocalDaytona
) -> None:
    monkeypatch.setenv("DAYTONA_API_KEY", live.api_key)
    monkeypatch.setenv("DAYTONA_API_URL", live.api_url)
    pytester.makepyfile(MAKING)
    with Daytona() as client:
        snapshots = names_of_snapshots(client)
        client.create(CreateSandboxFromSnapshotParams(name="theirs"))
        client.volume.create("theirs")

        done = pytester.runpytest_subprocess(*OPTIONS, "--daytona-live")

        done.assert_outcomes(passed=1, failed=1)
        done.stdout.fnmatch_lines([f"daytona: live, {live.api_url}"])
        assert live.api_key not in done.stdout.str()
        assert ["theirs"] == [sandbox.name for sandbox in client.list()]
        assert ["theirs"] == [volume.name for volume in client.volume.list() if "delet" not in volume.state]
        assert snapshots == names_of_snapshots(client)
        assert [] == client.secret.list().items


def test_what_a_live_run_could_not_remove_is_said_in_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalDaytona(control=True) as server:
        monkeypatch.setenv("DAYTONA_API_KEY", server.api_key)
        monkeypatch.setenv("DAYTONA_API_URL", server.api_url)
        pytester.makepyfile(f"""
            import httpx

            def test_it(daytona):
                daytona.volume.create("stays")
                fault = {{"method": "DELETE", "path": "/api/volumes/*", "status": 403, "message": "no"}}
                headers = {{"Authorization": "Bearer {server.api_key}"}}
                answer = httpx.post("{server.url}/_local/faults", json=fault, headers=headers)
                assert 201 == answer.status_code, answer.text
        """)

        done = pytester.runpytest_subprocess(*OPTIONS, "--daytona-live")

        done.assert_outcomes(passed=1, errors=1)
        done.stdout.fnmatch_lines(["remove what the test made: volumes *: *no*; remove it by hand"])


def test_a_live_run_without_a_key_is_refused_in_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAYTONA_API_KEY", raising=False)
    done = pytester.runpytest_subprocess(*OPTIONS, "--daytona-live")
    assert pytest.ExitCode.USAGE_ERROR == done.ret
    [line] = [line for line in done.stderr.lines if line]
    assert (
        "ERROR: --daytona-live: there is no API key; set DAYTONA_API_KEY, or leave --daytona-live out" == line
    )


@pytest.mark.parametrize(
    ("option", "url", "reason"),
    [
        (
            "--daytona-live",
            "http://127.0.0.1:99999/api",
            "--daytona-live: *'http://127.0.0.1:99999/api' *wrong port; *",
        ),
        (
            "--daytona-live",
            "http:///api",
            "--daytona-live: *'http:///api' has no host*; correct DAYTONA_API_URL or *",
        ),
        ("--daytona-live", "localhost:80", "--daytona-live: *'localhost:80' doesn't start with *"),
        (
            "--daytona-runtime=docker",
            "",
            "--daytona-runtime: 'docker' is none; choose auto, bubblewrap, process",
        ),
    ],
)
def test_options_that_cannot_be_are_refused_in_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, option: str, url: str, reason: str
) -> None:
    monkeypatch.setenv("DAYTONA_API_KEY", "secret")
    monkeypatch.setenv("DAYTONA_API_URL", url)
    done = pytester.runpytest_inprocess(*OPTIONS, option)
    assert pytest.ExitCode.USAGE_ERROR == done.ret
    done.stderr.fnmatch_lines([f"ERROR: {reason}"])
    assert 1 == len([line for line in done.stderr.lines if line])
    assert "secret" not in done.stderr.str()


@pytest.mark.parametrize("fault", ["the key", "the place"])
def test_a_live_account_that_cannot_be_used_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, live: LocalDaytona, fault: str
) -> None:
    url = live.api_url if fault == "the key" else "http://127.0.0.1:1/api"
    monkeypatch.setenv("DAYTONA_API_KEY", "secret")
    monkeypatch.setenv("DAYTONA_API_URL", url)
    pytester.makepyfile("def test_it(daytona): pass")
    done = pytester.runpytest_subprocess(*OPTIONS, "--daytona-live")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([f"daytona_server: {url}: *; correct DAYTONA_API_URL or DAYTONA_API_KEY"])
    assert "Traceback" not in done.stdout.str()
    assert "secret" not in done.stdout.str()


def test_why_no_server_can_start_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(pytester.path))
    pytester.makepyfile("def test_it(daytona): pass")
    done = pytester.runpytest_subprocess(*OPTIONS)
    done.assert_outcomes(errors=1)
    done.stdout.re_match_lines(["daytona_server: .*bubblewrap is not installed.* --daytona-runtime process"])
    assert "Traceback" not in done.stdout.str()


def test_sandboxes_can_run_where_bubblewrap_can_not(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        def test_it(daytona):
            assert "3" == daytona.create().process.exec("echo 3").result.strip()
    """)
    pytester.runpytest_subprocess(*OPTIONS, "--daytona-runtime=process").assert_outcomes(passed=1)


def test_to_load_the_plugins_imports_nothing_heavy() -> None:
    program = (
        "import sys, daytona_local.pytest_plugin, pulumi_daytona.pytest_plugin; "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def names_of_snapshots(client: Daytona) -> set[str]:
    """Return the snapshots that stay."""
    return {item.name for item in client.snapshot.list().items if item.state != "removing"}
