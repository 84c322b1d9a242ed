"""The stateful interpreter as a client meets it: the sandbox's own Python in a real sandbox."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from daytona_local.toolbox import interpreter_worker
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.interpreter import Interpreters
from daytona_local.toolbox.interpreter_routes import routes
from daytona_local.toolbox.interpreter_run import Run
from daytona_local.toolbox.running import Running
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.conftest import Serve

CONTEXTS = "/process/interpreter/context"


@dataclass
class Told:
    """Hold what a run told."""

    frames: list[dict[str, Any]]
    close_code: int | None
    close_reason: str | None

    def text(self, kind: str) -> str:
        """Return what came on a stream."""
        return "".join(frame["text"] for frame in self.frames if frame["type"] == kind)

    @property
    def error(self) -> dict[str, str]:
        """Return the only error."""
        (found,) = [frame for frame in self.frames if frame["type"] == "error"]
        return found


class Interpreter:
    """Run code as the official client does."""

    def __init__(self, address: str) -> None:
        self._address = f"{address}/process/interpreter/execute"

    async def send(self, message: str | bytes) -> Told:
        """Send a first message, and return all that comes."""
        frames = []
        async with connect(self._address) as link:
            await link.send(message)
            try:
                async with asyncio.timeout(30):
                    while True:
                        frames.append(json.loads(await link.recv()))
            except ConnectionClosed:
                return Told(frames, link.close_code, link.close_reason)

    async def run(self, code: str, **more: Any) -> Told:
        """Run some code."""
        return await self.send(json.dumps({"code": code, **more}))

    async def out(self, code: str, **more: Any) -> str:
        """Run some code that ends well, and return its standard output."""
        told = await self.run(code, **more)
        assert 1000 == told.close_code, told
        assert not told.text("stderr")
        return told.text("stdout")


@pytest.fixture
async def http(toolbox: ClientOf) -> httpx.AsyncClient:
    return toolbox(routes)


@pytest.fixture
async def python(serve: Serve) -> Interpreter:
    return Interpreter(await serve(routes))


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_variables_imports_and_functions_last_from_run_to_run(python: Interpreter) -> None:
    await python.run("import math\nx = 20\ndef double(n):\n    return 2 * n")

    assert "40 3\n" == await python.out("print(double(x), math.floor(math.pi))")


async def test_the_two_streams_are_told_apart(python: Interpreter) -> None:
    told = await python.run("import sys\nprint('out', end='')\nprint('err', file=sys.stderr)")

    assert ("out", "err\n", 1000) == (told.text("stdout"), told.text("stderr"), told.close_code)
    assert {"type": "control", "text": "completed"} == told.frames[-1]


async def test_the_value_of_a_last_expression_is_not_shown_as_on_the_real_platform(
    python: Interpreter,
) -> None:
    assert "" == await python.out("40 + 2")


async def test_output_comes_while_the_code_runs(python: Interpreter, serve: Serve) -> None:
    address = await serve(routes)
    async with connect(f"{address}/process/interpreter/execute") as link:
        code = "import os, time\nprint('first')\nwhile not os.path.exists('go'): time.sleep(0.01)"
        await link.send(json.dumps({"code": code}))
        assert {"type": "stdout", "text": "first\n"} == json.loads(await link.recv())
        created = await python.out("open('go', 'w').close()", contextId=await created_context(address))
        assert {"type": "control", "text": "completed"} == json.loads(await link.recv())

    assert "" == created


async def created_context(address: str) -> str:
    """Create a context, and return its id."""
    async with httpx.AsyncClient(base_url=address.replace("ws://", "http://")) as client:
        return str((await client.post(CONTEXTS, json={})).json()["id"])


async def test_what_subprocesses_write_is_told_too(python: Interpreter) -> None:
    assert "from a shell\n" == await python.out("import os\n_ = os.system('echo from a shell')")


async def test_an_error_has_its_name_value_and_the_codes_own_traceback(python: Interpreter) -> None:
    await python.run("def half(n):\n    return n / 0")
    told = await python.run("x = 1\nhalf(x)")

    assert ("ZeroDivisionError", "division by zero") == (told.error["name"], told.error["value"])
    assert (
        "Traceback (most recent call last):\n"
        '  File "<cell 2>", line 2, in <module>\n    half(x)\n'
        '  File "<cell 1>", line 2, in half\n    return n / 0\n'
        "ZeroDivisionError: division by zero\n"
    ) == "".join(line for line in told.error["traceback"].splitlines(True) if set(line) - set(" ~^\n"))
    assert 1000 == told.close_code


async def test_a_syntax_error_is_an_error_like_others(python: Interpreter) -> None:
    told = await python.run("x = = 1")

    assert "SyntaxError" == told.error["name"]
    assert "x = = 1" in told.error["traceback"]
    assert "interpreter_program" not in told.error["traceback"]
    assert "exec" not in told.error["traceback"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute", "Mute"),
        ("raise KeyboardInterrupt('mine')", "KeyboardInterrupt"),
        ("def f(): f()\nf()", "RecursionError"),
        ("raise BaseException('\\ud800')", "BaseException"),
        ("input()", "EOFError"),
        ("import sys\nsys.stdout.close()\nsys.stderr = None\nraise ValueError", "ValueError"),
    ],
)
async def test_no_error_breaks_the_interpreter(python: Interpreter, code: str, name: str) -> None:
    await python.run("kept = 'still here'")
    told = await python.run(code)
    again = await python.run("import os; os.write(1, kept.encode())")

    assert (name, 1000) == (told.error["name"], told.close_code)
    assert "still here" == again.text("stdout")


@pytest.mark.parametrize("code", ["exit()", "import sys; sys.exit(3)", "raise SystemExit"])
async def test_an_exit_ends_the_run_and_not_the_context(python: Interpreter, code: str) -> None:
    await python.run("kept = 1")

    assert "" == await python.out(code)
    assert "1\n" == await python.out("print(kept)")


async def test_code_that_takes_too_long_is_interrupted_and_the_state_is_kept(python: Interpreter) -> None:
    await python.run("import time")  # what is timed is the code, not the start of its process
    told = await python.run("kept = 1\nprint('begun')\ntime.sleep(1000)", timeout=3)

    assert ("begun\n", 4008) == (told.text("stdout"), told.close_code)
    assert {"type": "control", "text": "interrupted"} == told.frames[-1]
    assert "1\n" == await python.out("print(kept)")


async def test_code_that_does_not_yield_loses_the_state_with_its_process(
    python: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter_worker, "YIELD_S", 0.1)
    stubborn = "kept = 1\nimport signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(1000)"
    told = await python.run(stubborn, timeout=3)

    assert 4008 == told.close_code
    assert "NameError" == (await python.run("kept")).error["name"]


async def test_a_process_that_ends_closes_the_run_and_the_next_one_starts_another(
    python: Interpreter,
) -> None:
    told = await python.run("import os\nprint('last')\nos._exit(3)")

    assert ("last\n", 1001) == (told.text("stdout"), told.close_code)
    assert "again\n" == await python.out("print('again')")


async def test_a_fork_that_goes_on_does_not_answer_for_its_parent(python: Interpreter) -> None:
    fork = "import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nprint('parent' if pid else 'child')"
    told = await python.out(fork)

    assert {"parent", "child"} == set(told.split())
    assert "1\n" == await python.out("print(1)")


async def test_environment_variables_are_set_for_one_run(python: Interpreter) -> None:
    show = "import os; print(os.environ.get('A'), os.environ.get('FROM_RECORD'))"

    assert "b yes\n" == await python.out(show, envs={"A": "b"})
    assert "None yes\n" == await python.out(show)
    assert "None None\n" == await python.out(show, envs={"FROM_RECORD": None})
    assert "None yes\n" == await python.out(show)


async def test_code_in_one_context_runs_in_the_order_it_came(python: Interpreter) -> None:
    await python.run("seen = []")
    await asyncio.gather(*(python.run(f"seen.append({n})") for n in range(5)))

    assert "[0, 1, 2, 3, 4]\n" == await python.out("print(sorted(seen))")


async def test_a_client_that_leaves_does_not_end_its_code(python: Interpreter, serve: Serve) -> None:
    address = await serve(routes)
    async with connect(f"{address}/process/interpreter/execute") as link:
        await link.send(json.dumps({"code": "print('begun')\nfor n in range(100000): print(n)\nkept = 1"}))
        await link.recv()

    assert "1\n" == await python.out("print(kept)")


async def test_large_output_is_complete(python: Interpreter) -> None:
    expected = "".join(f"{n} ä\n" for n in range(200_000))

    assert expected == await python.out("for n in range(200_000): print(n, 'ä')")


async def test_contexts_are_apart_and_have_their_folder(python: Interpreter, http: httpx.AsyncClient) -> None:
    context = (await http.post(CONTEXTS, json={"cwd": "/usr", "language": "python"})).json()
    await python.run("x = 'default'")
    await python.run("x = 'own'", contextId=context["id"])

    assert "default\n" == await python.out("print(x)")
    assert "own /usr\n" == await python.out("import os; print(x, os.getcwd())", contextId=context["id"])


async def test_contexts_are_described_listed_and_deleted(
    python: Interpreter, http: httpx.AsyncClient, box: Running
) -> None:
    await python.run("pass")
    created = await http.post(CONTEXTS, json={})
    context = created.json()
    listed = (await http.get(CONTEXTS)).json()
    deleted = await http.delete(f"{CONTEXTS}/{context['id']}")

    assert 200 == created.status_code
    assert ("python", box.agent.workdir, True) == (context["language"], context["cwd"], context["active"])
    assert context["createdAt"].endswith("Z")
    assert {"contexts": [context]} == listed
    assert (200, {"message": "context deleted"}) == (deleted.status_code, deleted.json())
    assert {"contexts": []} == (await http.get(CONTEXTS)).json()
    assert (404, "PROCESS_NOT_FOUND") == code_of(await http.delete(f"{CONTEXTS}/{context['id']}"))
    assert 400 == (await http.delete(f"{CONTEXTS}/default")).status_code


async def test_deleting_a_context_ends_what_runs_and_waits_in_it(box: Running) -> None:
    contexts = box.service(Interpreters)
    context = await contexts.create()
    runs = [Run("import time\nprint(1)\ntime.sleep(1000)"), Run("2")]
    for run in runs:
        context.take(run)
    assert {"type": "stdout", "text": "1\n"} == await anext(aiter(runs[0].frames()))
    await contexts.delete(context.id)

    assert [1001, 1001] == [run.close_code for run in runs]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [({"language": "javascript"}, 400), ({"cwd": "/none"}, 400), ({"cwd": 1}, 400)],
)
async def test_a_context_that_cannot_be_is_refused(
    http: httpx.AsyncClient, wanted: dict[str, Any], status: int
) -> None:
    assert status == (await http.post(CONTEXTS, json=wanted)).status_code
    assert {"contexts": []} == (await http.get(CONTEXTS)).json()


@pytest.mark.parametrize(
    ("message", "close_code", "reason"),
    [
        ("no JSON", 1002, "JSON"),
        ("[]", 1002, "JSON"),
        ('{"code": 1}', 1002, "JSON"),
        ('{"code": ""}', 1008, "code"),
        ('{"code": "1", "timeout": -1}', 1008, "timeout"),
        ('{"code": "1", "contextId": "none"}', 1008, "context not found: none"),
    ],
)
async def test_what_cannot_be_run_closes_the_websocket_with_a_reason(
    python: Interpreter, message: str, close_code: int, reason: str
) -> None:
    told = await python.send(message)

    assert ([], close_code) == (told.frames, told.close_code)
    assert reason in (told.close_reason or "")


async def test_a_sandbox_without_python_says_so(
    python: Interpreter, http: httpx.AsyncClient, box: Running
) -> None:
    box.env["PATH"] = "/none"
    told = await python.run("1")

    assert 422 == (await http.post(CONTEXTS, json={})).status_code
    assert (1011, True) == (told.close_code, "python3" in (told.close_reason or ""))


async def interpreters_in(box: Running) -> str:
    """Return how many interpreters run in the sandbox."""
    count = "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c '[c]lass Interpreter:'"
    return (await run_command(box, ["sh", "-c", count])).text


async def test_the_end_of_the_sandbox_ends_its_runs(serve: Serve, box: Running) -> None:
    async with connect(f"{await serve(routes)}/process/interpreter/execute") as link:
        await link.send(json.dumps({"code": "import time\nprint(1)\ntime.sleep(1000)"}))
        await link.recv()
        assert "1\n" == await interpreters_in(box)
        await box.close()
        await link.wait_closed()

    assert 1001 == link.close_code
    assert "0\n" == await interpreters_in(box)
