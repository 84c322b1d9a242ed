"""What the README and the guides show is true: programs run, commands exist, and what they print comes."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.docs.commands import commands, faults
from tests.unit.docs.pages import AFTER_UP, BLOCKS, MARKS, PAGES, ROOT, Block
from tests.unit.docs.shown import check_output, output_of
from tests.unit.pulumi_daytona import doc_programs

NOT_RUN = {"README.md": 2, "sdk/README.md": 1}
"""How many blocks of a page are not run, each with its reason on the page."""

LIMIT_S = 120
SERVE = [sys.executable, "-m", "daytona_local", "serve", "--port", "0", "--json", "--transition", "0"]

RUN = [block for block in BLOCKS if not block.mark]
PYTHON = [block for block in RUN if block.language == "python" and not block.is_program]
SHELL = [block for block in BLOCKS if block.language == "sh"]
PRINTING = [block for block in RUN if block.language == "sh" and output_of(block) is not None]


def named(found: list[Block]) -> list[object]:
    """Return them as parameters of a test, each with its place for a name."""
    return [pytest.param(block, id=str(block)) for block in found]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a server as the pages say, and return the variables with which commands find it."""
    data = tmp_path_factory.mktemp("data")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = {**os.environ, "PATH": path, "XDG_DATA_HOME": str(data), "NO_COLOR": "1", "COLUMNS": "120"}
    with subprocess.Popen(SERVE, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        served = json.loads(process.stdout.readline())
        yield {**variables, "DAYTONA_API_URL": served["url"], "DAYTONA_API_KEY": served["api_key"]}
        process.terminate()


@pytest.mark.parametrize("block", named([block for block in PYTHON if "def test_" not in block.text]))
def test_a_python_program_runs(
    block: Block, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DAYTONA_API_URL", "DAYTONA_API_KEY"):
        monkeypatch.setenv(name, environment[name])
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(block.text, str(block), "exec"), {"__name__": "page"})
    check_output(block, output.getvalue())


@pytest.mark.parametrize("block", named([block for block in PYTHON if "def test_" in block.text]))
def test_a_test_passes(block: Block, tmp_path: Path) -> None:
    (tmp_path / "test_page.py").write_text(block.text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "daytona_local.pytest_plugin", "-p", "anyio"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, timeout=LIMIT_S)
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """Run the Pulumi programs of all pages under Pulumi's mocks, with the core's own checks."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("app", "bin"):
        (folder / name).mkdir()
        (folder / name / "main.py").write_text("print('hello')\n")
    command = [sys.executable, doc_programs.__file__, *map(str, PAGES)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=LIMIT_S)
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "page", sorted({block.page for block in RUN if block.is_program}), ids=lambda page: page.stem
)
def test_the_pulumi_programs_of_a_page_declare_what_the_provider_takes(
    page: Path, declared: dict[str, dict[str, list[str]]]
) -> None:
    assert [] == declared[str(page)]["failures"]
    assert declared[str(page)]["declared"] or declared[str(page)]["asked"]


@pytest.mark.parametrize("block", named(SHELL))
def test_a_shell_block_is_right_for_bash_and_its_commands_and_options_exist(block: Block) -> None:
    subprocess.run(["bash", "-n", "-c", block.text], check=True)
    assert [] == [fault for words in commands(block.text) for fault in faults(words)]


@pytest.mark.parametrize("page", sorted({block.page for block in PRINTING}), ids=lambda page: page.stem)
def test_the_shell_blocks_of_a_page_print_one_after_the_other_what_it_shows(
    page: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    for block in (block for block in PRINTING if block.page == page):
        command = ["bash", "-c", block.text]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=LIMIT_S
        )
        check_output(block, done.stdout + done.stderr)


def test_there_is_no_kind_of_block_that_nobody_looks_at() -> None:
    assert {"python", "sh", "text"} == {block.language for block in BLOCKS}
    assert [] == [str(block) for block in BLOCKS if block.mark and not MARKS.fullmatch(block.mark)]
    for page in PAGES:
        fences = re.findall(r"^```", page.read_text(), re.MULTILINE)
        assert len(fences) == 2 * sum(block.page == page for block in BLOCKS), (
            f"{page}: a block has no language"
        )


def test_an_output_follows_the_block_that_prints_it() -> None:
    for before, block in itertools.pairwise(BLOCKS):
        if block.language == "text" and not block.mark:
            assert block.page == before.page, block
            assert before.language in ("python", "sh"), block
            assert before.mark in ("", AFTER_UP), block


def test_what_is_done_with_a_stack_shows_what_it_prints() -> None:
    done = [block for block in BLOCKS if block.mark == AFTER_UP]
    assert done
    assert [] == [str(block) for block in done if output_of(block) is None]


def test_a_test_that_is_said_to_run_a_block_is_there() -> None:
    for block in BLOCKS:
        found = MARKS.fullmatch(block.mark)
        assert not found or not found["test"] or (ROOT / found["test"]).is_file(), block


def test_what_is_not_run_is_counted() -> None:
    left = [block for block in BLOCKS if block.mark.startswith("not run")]
    assert NOT_RUN == Counter(str(block.page.relative_to(ROOT)) for block in left)
