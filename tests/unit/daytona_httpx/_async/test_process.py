"""Commands and code in a sandbox."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    BarChart,
    CodeRunParams,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaProcessExecutionTimeoutError,
    DaytonaValidationError,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio


async def test_a_command_that_fails_is_an_exit_code_and_its_output(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/process/execute", {"exitCode": 3, "result": "oh\n"})
    response = await sandbox.process.exec("false", "/w", {"A": "1"}, 9)
    assert (3, "oh\n") == (response.exit_code, response.result)
    assert response.artifacts is not None
    assert response.artifacts.stdout == "oh\n"
    assert [{"command": "false", "cwd": "/w", "envs": {"A": "1"}, "timeout": 9}] == api.bodies("POST")


async def test_only_what_is_given_is_sent(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/execute", {"exitCode": 0, "result": ""})
    await sandbox.process.exec("true")
    assert [{"command": "true"}] == api.bodies("POST")


@pytest.mark.parametrize(("timeout", "read_s"), [(600, 605), (1, 6), (None, None), (0, None)])
async def test_the_answer_may_take_as_long_as_the_command(
    sandbox: AsyncSandbox, api: FakeApi, timeout: int | None, read_s: float | None
) -> None:
    api.on("POST", "/process/execute", {"exitCode": 0, "result": ""})
    await sandbox.process.exec("sleep", timeout=timeout)
    assert api.requests[0].extensions["timeout"]["read"] == (read_s and pytest.approx(read_s))


async def test_a_command_that_runs_too_long_is_its_own_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answer = refusal(408, "timed out", code="PROCESS_EXECUTION_TIMEOUT", source="DAYTONA_DAEMON")
    api.on("POST", "/process/execute", answer)
    with pytest.raises(DaytonaProcessExecutionTimeoutError, match="Failed to execute command: timed out"):
        await sandbox.process.exec("sleep 9", timeout=1)


async def test_a_command_is_never_run_twice(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/execute", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError):
        await sandbox.process.exec("rm x")
    assert len(api.requests) == 1


async def test_a_timeout_that_can_t_be_is_refused(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to execute command: Timeout must be"):
        await sandbox.process.exec("x", timeout=-1)
    assert api.requests == []


async def test_code_runs_in_the_sandbox_s_language(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on(
        "POST",
        "/process/code-run",
        {"exitCode": 0, "result": "1\n", "artifacts": {"charts": [{"type": "bar"}]}},
    )
    sandbox.labels["code-toolbox-language"] = "typescript"
    response = await sandbox.process.code_run("log(1)", CodeRunParams(argv=["a"], env={"B": "c"}))
    assert [{"code": "log(1)", "language": "typescript", "argv": ["a"], "envs": {"B": "c"}}] == api.bodies(
        "POST"
    )
    assert response.artifacts is not None
    assert ("1\n", [BarChart]) == (
        response.artifacts.stdout,
        [type(chart) for chart in response.artifacts.charts or ()],
    )


async def test_code_that_can_t_be_run_is_an_error_of_this_package(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/process/code-run", refusal(500, "no interpreter"))
    with pytest.raises(DaytonaError, match="Failed to run code: no interpreter"):
        await sandbox.process.code_run("1")
