"""Run commands and code in a sandbox, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.errors import InvalidError, RefusedError, UnavailableError
from daytona_local.runtime import AgentError
from daytona_local.shortages import shortage
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.code_run import CodeRun, Languages
from daytona_local.toolbox.commands import find_program, run_command
from daytona_local.toolbox.running import Running, running

SHELLS = ("zsh", "bash", "sh")
LONGEST_S = 10 * 365 * 24 * 3600
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class ExecuteRequest(BaseModel):
    """Say which command to run; a timeout in seconds, 0 for none."""

    command: str
    cwd: str | None = None
    envs: dict[str, str] | None = None
    timeout: float | None = Field(None, le=LONGEST_S)


class CodeRunRequest(BaseModel):
    """Say which code to run; a timeout in seconds, 0 for none."""

    code: str
    language: str
    argv: list[str] | None = None
    envs: dict[str, str] | None = None
    timeout: float | None = Field(None, le=LONGEST_S)


async def execute_command(request: Request) -> Response:
    """Run a command in the sandbox's shell [ExecuteCommand]."""
    asked = await body(request, ExecuteRequest)
    if not asked.command.strip():
        raise InvalidError("the command is empty; pass one")
    box = await running(request)
    argv = [await _shell(box), "-c", asked.command]
    try:
        done = await run_command(box, argv, _variables(asked.envs), asked.cwd or None, _limit(asked.timeout))
    except AgentError as error:
        place = f" in {asked.cwd!r}" if asked.cwd else ""
        raise _unstarted(f"the command{place}", error) from error
    return JSONResponse({"exitCode": done.exit_code, "result": done.text})


async def code_run(request: Request) -> Response:
    """Run code in one of the languages that Daytona has [CodeRun]."""
    asked = await body(request, CodeRunRequest)
    run = CodeRun(asked.code, tuple(asked.argv or ()), _variables(asked.envs), _limit(asked.timeout))
    box = await running(request)
    try:
        done, charts = await Languages(box).run(asked.language, run)
    except AgentError as error:
        raise _unstarted(asked.language, error) from error
    told = {"exitCode": done.exit_code, "result": done.text}
    return JSONResponse({**told, "artifacts": {"charts": charts}} if charts else told)


def _unstarted(what: str, error: AgentError) -> RefusedError:
    lacking = shortage(error)
    if lacking:
        return UnavailableError(f"run {what}: {lacking}")
    return InvalidError(f"run {what}: {error.strerror}; correct the request")


async def _shell(box: Running) -> str:
    return await find_program(box, *SHELLS) or "/bin/sh"


def _variables(envs: Mapping[str, str] | None) -> Mapping[str, str]:
    for name in envs or {}:
        if not _NAME.fullmatch(name):
            raise InvalidError(f"{name!r} can't be an environment variable's name; correct it")
    return envs or {}


def _limit(timeout_s: float | None) -> float | None:
    return timeout_s if timeout_s and timeout_s > 0 else None


routes: list[BaseRoute] = [
    Route("/process/execute", execute_command, methods=["POST"]),
    Route("/process/code-run", code_run, methods=["POST"]),
]
