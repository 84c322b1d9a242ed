"""Code in the languages that Daytona has, with what a sandbox has for them."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from daytona_local.toolbox import process
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell

MATPLOTLIB = """
mkdir -p lib/matplotlib; cd lib/matplotlib
echo > __init__.py
echo 'class Axes: bxp = None' > axes.py
cat > pyplot.py <<'END'
class Figure:
    axes = []
    def savefig(self, file, **_):
        file.write(b"picture")
open_figures = {}
def figure(number): return open_figures.setdefault(number, Figure())
def get_fignums(): return sorted(open_figures)
def close(what): open_figures.clear()
def show(): raise AssertionError("there is no screen")
END
"""
NODE = """
mkdir -p bin
cat > bin/node <<'END'
#!/bin/sh
case $1 in --version) echo "$NODE_VERSION";; *) echo "$@"; tail -n 1 "$3";; esac
END
chmod +x bin/node
"""


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the process operations."""
    return toolbox(process.routes)


async def run(client: httpx.AsyncClient, code: str, language: str = "python", **more: Any) -> dict[str, Any]:
    """Run code that can be run."""
    body = {"code": code, "language": language, **more}
    answer = await client.post("/process/code-run", json=body)
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(client: httpx.AsyncClient, **body: Any) -> tuple[int, str]:
    """Return status and message of a refusal."""
    answer = await client.post("/process/code-run", json=body)
    return answer.status_code, answer.json()["message"]


async def test_python_code_runs_as_a_program(client: httpx.AsyncClient) -> None:
    code = """
import sys, os
print(sys.argv[1:], os.environ['A'], __name__)
print('err', file=sys.stderr)
sys.exit(3)
"""

    answer = await run(client, code, argv=["x y", "'"], envs={"A": "é"})

    assert {"exitCode": 3, "result": "['x y', \"'\"] é __main__\nerr\n"} == answer


async def test_an_exception_is_an_exit_code_with_its_traceback(client: httpx.AsyncClient) -> None:
    answer = await run(client, "1/0")

    assert 1 == answer["exitCode"]
    assert 'File "<stdin>", line 1, in <module>' in answer["result"]
    assert answer["result"].endswith("ZeroDivisionError: division by zero\n")


async def test_code_may_be_longer_than_an_argument(client: httpx.AsyncClient) -> None:
    assert "1000000\n" == (await run(client, f"print(len('{'x' * 1_000_000}'))"))["result"]


async def test_javascript_runs_without_its_own_name_among_the_arguments(client: httpx.AsyncClient) -> None:
    code = "console.log(process.argv.slice(1).join(' '), process.env.A); process.exit(4)"

    answer = await run(client, code, "javascript", argv=["a", "b"], envs={"A": "1"})

    assert {"exitCode": 4, "result": "a b 1\n"} == answer


async def test_typescript_runs_with_a_node_that_can(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, NODE)
    box.env |= {"PATH": "/home/daytona/bin:/usr/bin:/bin", "NODE_VERSION": "v22.6.0"}

    answer = await run(client, "let a: number = 1", "typescript", argv=["x"])

    line, source = answer["result"].split("\n")
    assert ["--experimental-strip-types", "--no-warnings", "x"] == [*line.split()[:2], line.split()[3]]
    assert ("code.ts", "process.argv.splice(1, 1);let a: number = 1") == (line.split()[2][-7:], source)
    assert "" == await shell(box, "find /tmp -name '.daytona*'")


async def test_typescript_runs_with_tsx_when_it_is_there(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "mkdir bin; printf '#!/bin/sh\necho tsx: $2' > bin/tsx; chmod +x bin/tsx")
    box.env |= {"PATH": "/home/daytona/bin:/usr/bin:/bin"}

    assert "tsx: x\n" == (await run(client, "let a", "typescript", argv=["x"]))["result"]


async def test_typescript_without_anything_that_runs_it_says_what_to_install(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, NODE)
    box.env |= {"PATH": "/home/daytona/bin:/usr/bin:/bin", "NODE_VERSION": "v20.20.2"}

    status, message = await refused(client, code="let a", language="typescript")

    assert (400, True) == (status, "install node 22.6 or later, or tsx" in message)


async def test_a_language_without_its_program_says_what_to_install(
    box: Running, client: httpx.AsyncClient
) -> None:
    box.env["PATH"] = "/home/daytona"

    status, message = await refused(client, code="1", language="python")

    assert (400, "the sandbox can't run python: it has no python3; install it there") == (status, message)


async def test_a_language_that_is_not_known_is_refused(client: httpx.AsyncClient) -> None:
    assert 400 == (await refused(client, code="1", language="cobol"))[0]


async def test_code_that_takes_too_long_is_a_timeout(client: httpx.AsyncClient) -> None:
    body = {"code": "while True: pass", "language": "python", "timeout": 0.3}

    answer = await client.post("/process/code-run", json=body)

    assert (408, "PROCESS_EXECUTION_TIMEOUT") == (answer.status_code, answer.json()["code"])


async def test_charts_that_are_shown_come_with_the_answer(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, MATPLOTLIB)
    code = (
        "import matplotlib.pyplot as plt\nplt.figure(1); plt.figure(2); plt.show()\nprint('shown')\n"
        "plt.show()\nplt.figure(3)\nraise SystemExit(2)"
    )

    answer = await run(client, code, envs={"PYTHONPATH": "/home/daytona/lib"})

    chart = {"type": "unknown", "title": "", "elements": [], "png": "cGljdHVyZQ=="}
    assert {"exitCode": 2, "result": "shown\n", "artifacts": {"charts": [chart, chart]}} == answer
    assert "" == await shell(box, "find /tmp -name '.daytona*'")


async def test_code_that_speaks_of_charts_and_has_no_matplotlib_fails_as_it_should(
    client: httpx.AsyncClient,
) -> None:
    answer = await run(client, "x = 1\nimport matplotlib")

    assert 1 == answer["exitCode"]
    assert "artifacts" not in answer
    assert (
        'Traceback (most recent call last):\n  File "<stdin>", line 2, in <module>\n'
        "ModuleNotFoundError: No module named 'matplotlib'\n"
    ) == answer["result"]


@pytest.mark.parametrize("written", ["{", json.dumps({"no": "list"}), json.dumps([1, "x"]), "\x00"])
async def test_charts_that_are_none_are_left_out(
    box: Running, client: httpx.AsyncClient, written: str
) -> None:
    await shell(box, MATPLOTLIB)
    code = f"""
import json
json.dump = lambda _, file: file.write({written!r})
from matplotlib import pyplot
pyplot.figure(1)
pyplot.show()
"""

    answer = await run(client, code, envs={"PYTHONPATH": "/home/daytona/lib"})

    assert {"exitCode": 0, "result": ""} == answer
