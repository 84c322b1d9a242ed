"""Sessions as a client meets them: a real shell in a real sandbox."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from daytona_local.runtime import AgentError
from daytona_local.toolbox.running import Running
from daytona_local.toolbox.session_routes import routes
from daytona_local.toolbox.sessions import Sessions

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.session_client import Client, code_of

Found = TypeVar("Found")


@pytest.fixture
async def session(toolbox: ClientOf) -> Client:
    return await Client.create(toolbox(routes))


async def eventually(look: Callable[[], Awaitable[Found]]) -> Found:
    """Look until there is something to see."""
    async with asyncio.timeout(20):
        while not (found := await look()):  # noqa: ASYNC110 - it is in another process
            await asyncio.sleep(0.01)
    return found


async def commands_of(session: Client) -> list[dict[str, Any]]:
    """Return what the session tells of its commands."""
    return list((await session.http.get(session.path)).json()["commands"])


async def output_of(session: Client, command_id: str) -> str:
    """Return what a command has written so far."""
    return (await session.logs(f"{session.path}/command/{command_id}"))["output"]


async def is_gone(box: Running, path: str) -> bool:
    """Tell whether there is no such file in the sandbox."""
    try:
        await box.agent.ask("stat", path=path)
    except AgentError as error:
        return error.errno == errno.ENOENT
    return False


async def test_a_command_has_its_two_streams_and_its_exit_code(session: Client) -> None:
    done = await session.run("echo out; echo err >&2; (exit 7)")

    assert (7, "out\n", "err\n") == (done["exitCode"], done["stdout"], done["stderr"])
    assert {"out", "err"} == set(done["output"].split())


async def test_the_folder_variables_and_functions_last_from_command_to_command(
    session: Client,
) -> None:
    await session.run("cd /usr; A='1 \"2\"'; export B=3; f() { echo f$A; }")

    assert '/usr\nf1 "2"\n3\n' == (await session.run("pwd; f; sh -c 'echo $B'"))["output"]


@pytest.mark.parametrize(
    ("command", "output", "exit_code"),
    [
        ("cat <<'END'\nit's \"here\" $HOME\nEND", 'it\'s "here" $HOME\n', 0),
        ("cat <<END", "", 0),
        ("echo 'a }; b'\n}", "a }; b\n", 2),
        ("# only a comment", "", 0),
        ("echo a \\", "a \\\n", 0),
        ("printf 'no newline'", "no newline", 0),
        ("read line; echo \"got $? '$line'\"", "got 1 ''\n", 0),
        ("return 5", "", 5),
        ("kill -9 $BASHPID & wait $!", "", 137),
        ("exec >/dev/null; echo hidden", "", 0),
        ("trap 'echo bye' EXIT", "", 0),
        ("printf() { echo mine; }; printf", "mine\n", 0),
    ],
)
async def test_no_text_of_a_command_confuses_the_session(
    session: Client, command: str, output: str, exit_code: int
) -> None:
    done = await session.run(command)

    assert (output, exit_code) == (done["stdout"], done["exitCode"])
    assert "still here\n" == (await session.run("echo still here"))["stdout"]


async def test_a_syntax_error_is_an_exit_code_with_the_shells_words(session: Client) -> None:
    done = await session.run("if true; then")

    assert 2 == done["exitCode"]
    assert "syntax error" in done["stderr"]


async def test_a_command_that_leaves_something_running_ends_at_once(session: Client) -> None:
    done = await session.run("sleep 1000 & echo now")

    assert ("now\n", 0) == (done["output"], done["exitCode"])


async def test_what_a_background_process_writes_later_stays_with_its_command(session: Client) -> None:
    first = await session.begin("mkfifo /tmp/go; (read x < /tmp/go; echo late) & echo now")
    second = await session.run("echo second; echo > /tmp/go; wait")

    assert "second\n" == second["output"]
    assert "now\nlate\n" == (await session.logs(first))["stdout"]


async def test_exit_ends_the_session_with_that_code(session: Client) -> None:
    done = await session.run("echo last; exit 3")
    refused = await session.http.post(f"{session.path}/exec", json={"command": "echo more"})

    assert (3, "last\n") == (done["exitCode"], done["stdout"])
    assert (410, "SESSION_ENDED") == code_of(refused)
    assert "3" in refused.json()["message"]


async def test_commands_run_one_after_the_other(session: Client) -> None:
    first = await session.begin("read x; echo $x >> /tmp/order")
    second = await session.begin("echo second >> /tmp/order")
    await session.http.post(f"{first}/input", json={"data": "first"})

    assert "first\nsecond\n" == (await session.run("cat /tmp/order"))["output"]
    assert 0 == await session.exit_code(second)


async def test_a_command_behind_one_that_ends_the_session_says_that_it_did_not_run(
    session: Client,
) -> None:
    await session.begin("read x; exit 4")
    behind = await session.begin("echo never")
    listed = (await session.http.get(session.path)).json()["commands"]
    first = f"{session.path}/command/{listed[0]['id']}"
    await session.http.post(f"{first}/input", json={"data": "go"})

    assert (4, 1) == (await session.exit_code(first), await session.exit_code(behind))
    assert "before this command began" in (await session.logs(behind))["stderr"]


async def test_input_reaches_an_asynchronous_command_as_a_line_and_shows_in_its_log(
    session: Client,
) -> None:
    path = await session.begin('read a; read b; echo "<$a|$b>"')
    answers = [await session.http.post(f"{path}/input", json={"data": data}) for data in ("x y", "z\n")]

    assert [204, 204] == [answer.status_code for answer in answers]
    assert 0 == await session.exit_code(path)
    assert "x y\nz\n<x y|z>\n" == (await session.logs(path))["stdout"]


async def test_the_echo_of_input_can_be_left_out(session: Client) -> None:
    path = await session.begin("read password; echo thanks", suppressInputEcho=True)
    await session.http.post(f"{path}/input", json={"data": "hunter2"})

    assert 0 == await session.exit_code(path)
    assert "thanks\n" == (await session.logs(path))["output"]


async def test_input_is_refused_where_nobody_can_read_it(session: Client) -> None:
    done = await session.run("true")
    data = {"data": "x"}

    gone = await session.http.post(f"{session.path}/command/{done['cmdId']}/input", json=data)
    unknown = await session.http.post(f"{session.path}/command/none/input", json=data)
    nowhere = await session.http.post("/process/session/none/command/none/input", json=data)
    await session.run("exit")
    ended = await session.http.post(f"{session.path}/command/{done['cmdId']}/input", json=data)

    assert (410, "COMMAND_ALREADY_COMPLETED") == code_of(gone)
    assert (404, "PROCESS_NOT_FOUND") == code_of(unknown)
    assert (404, "PROCESS_NOT_FOUND") == code_of(nowhere)
    assert (410, "SESSION_ENDED") == code_of(ended)


async def test_sessions_are_listed_described_and_deleted(session: Client) -> None:
    done = await session.run("true")
    await session.http.post("/process/session", json={"sessionId": "other"})
    described = {
        "sessionId": "s",
        "commands": [{"id": done["cmdId"], "command": "true", "exitCode": 0}],
    }

    assert described == (await session.http.get(session.path)).json()
    assert described["commands"][0] == (
        (await session.http.get(f"{session.path}/command/{done['cmdId']}")).json()
    )
    listed = (await session.http.get("/process/session")).json()
    assert [described, {"sessionId": "other", "commands": []}] == listed
    assert 204 == (await session.http.delete(session.path)).status_code
    assert (404, "PROCESS_NOT_FOUND") == code_of(await session.http.get(session.path))
    assert (404, "PROCESS_NOT_FOUND") == code_of(await session.http.delete(session.path))


async def test_a_session_of_the_same_name_is_a_conflict_until_the_first_is_deleted(
    session: Client,
) -> None:
    again = await session.http.post("/process/session", json={"sessionId": "s"})
    await session.http.delete(session.path)

    assert (409, "CONFLICT") == code_of(again)
    assert 201 == (await session.http.post("/process/session", json={"sessionId": "s"})).status_code


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/process/session", {}),
        ("/process/session", {"sessionId": ""}),
        ("/process/session/s/exec", {"command": "  "}),
        ("/process/session/s/exec", {"command": "echo \0"}),
        ("/process/session/s/exec", {}),
        ("/process/session/entrypoint/exec", {"command": "true"}),
    ],
)
async def test_what_cannot_be_run_is_refused(session: Client, path: str, sent: dict[str, str]) -> None:
    assert 400 == (await session.http.post(path, json=sent)).status_code


async def test_deleting_a_session_kills_what_it_runs(session: Client, box: Running) -> None:
    waiting = asyncio.create_task(session.run("setsid sleep 1000 & echo $!; wait"))
    (state,) = await eventually(lambda: commands_of(session))
    pid = await eventually(lambda: output_of(session, state["id"]))
    await session.http.delete(session.path)

    assert 137 == (await waiting)["exitCode"]
    assert await eventually(lambda: is_gone(box, f"/proc/{pid.strip()}"))
    assert [] == (await box.agent.ask("search", path="/tmp", pattern="command"))["files"]


async def test_the_end_of_the_sandbox_ends_its_sessions(session: Client, box: Running) -> None:
    waiting = asyncio.create_task(session.run("echo begun; sleep 1000"))
    await eventually(lambda: commands_of(session))
    box.agent.close()

    assert 137 == (await waiting)["exitCode"]


async def test_large_output_is_complete_and_in_order(session: Client) -> None:
    done = await session.run("seq 200000")

    assert "".join(f"{n}\n" for n in range(1, 200_001)) == done["stdout"]


async def test_a_session_has_the_variables_that_were_set_since_the_start(
    session: Client, box: Running
) -> None:
    box.env["SET_LATER"] = "yes"
    later = await Client.create(session.http, "later")

    assert "yes yes\n" == (await later.run("echo $SET_LATER $FROM_RECORD"))["output"]


async def test_fifty_commands_leave_nothing_behind(session: Client, box: Running) -> None:
    for n in range(50):
        assert f"{n}\n" == (await session.run(f"echo {n}"))["output"]
    sessions = box.service(Sessions)

    assert 50 == len(sessions.get("s").commands)
    assert 1 >= len((await box.agent.ask("search", path="/tmp", pattern="command"))["files"])


async def test_where_there_is_no_bash_sh_does_as_well(session: Client, box: Running) -> None:
    await session.run("mkdir /tmp/only; ln -s $(command -v sh) /tmp/only/sh")
    box.env["PATH"] = "/tmp/only"
    plain = await Client.create(session.http, "plain")
    results = [await plain.run(command) for command in ("cd /usr; A=b", "if true; then", "(exit 7)")]

    assert [0, 2, 7] == [result["exitCode"] for result in results]
    assert "/usr b x\n" == (await plain.run("echo $PWD $A ${BASH_VERSION:-x}"))["output"]
