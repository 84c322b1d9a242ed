"""The official daytona package, unchanged, works against the local server, and ours does what it does.

The cases are in `cases/`; each program runs them all with one client, and these tests compare what came of
them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.official.cases.program import names_of
from tests.official.environment import HERE, NEW, OLD, python_of
from tests.official.programs import (
    ALL,
    OFFICIAL,
    OFFICIAL_SYNC,
    OLDER,
    OURS,
    OURS_SYNC,
    Outcomes,
    Program,
)

pytestmark = pytest.mark.official

FIXED = {"build_with_local_files"}
"""What the official client can't do with a server without TLS, and ours can."""

CASES = [name for name in names_of(ALL) if name not in FIXED]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """Return what came of the cases of every program."""
    made = Outcomes(tmp_path_factory.mktemp("programs"))
    yield made
    made.close()


def ended_well(outcomes: Outcomes, program: Program, case: str) -> list[object]:
    """Return the outcomes of a case; each of them must be one."""
    found = outcomes.of(program, case)
    errors = [came["error"] for came in found if came["error"] is not None]
    assert not errors, errors[0]
    return [came["outcome"] for came in found]


@pytest.mark.parametrize("case", CASES)
def test_the_official_async_client_can(outcomes: Outcomes, case: str) -> None:
    ended_well(outcomes, OFFICIAL, case)


@pytest.mark.parametrize("case", CASES)
def test_the_official_sync_client_does_the_same(outcomes: Outcomes, case: str) -> None:
    assert ended_well(outcomes, OFFICIAL, case) == ended_well(outcomes, OFFICIAL_SYNC, case)


@pytest.mark.parametrize("case", CASES)
def test_our_async_client_does_the_same(outcomes: Outcomes, case: str) -> None:
    assert ended_well(outcomes, OFFICIAL, case) == ended_well(outcomes, OURS, case)


@pytest.mark.parametrize("case", CASES)
def test_our_sync_client_does_the_same(outcomes: Outcomes, case: str) -> None:
    assert ended_well(outcomes, OFFICIAL, case) == ended_well(outcomes, OURS_SYNC, case)


@pytest.mark.parametrize("case", sorted(FIXED))
def test_our_client_can_what_the_official_one_can_t(outcomes: Outcomes, case: str) -> None:
    assert ended_well(outcomes, OURS, case) == ended_well(outcomes, OURS_SYNC, case)
    for program in (OFFICIAL, OFFICIAL_SYNC):
        assert outcomes.of(program, case)[0]["error"], "it can by now: make it one of the cases"


@pytest.mark.parametrize("case", names_of(["basic"]))
def test_the_older_official_client_does_what_ours_does(outcomes: Outcomes, case: str) -> None:
    expected = ended_well(outcomes, OURS, case)
    assert expected == ended_well(outcomes, OURS_SYNC, case)
    assert [*expected, *expected] == ended_well(outcomes, OLDER, case)


@pytest.mark.parametrize(
    ("version", "file"), [(NEW, "requirements.txt"), (OLD, "requirements-old.txt")], ids=[NEW, OLD]
)
def test_the_official_packages_are_the_ones_that_we_promise(version: str, file: str) -> None:
    command = [str(python_of(version)), "-c", "import importlib.metadata as m; print(m.version('daytona'))"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert version == done.stdout.strip()
    assert f"daytona=={version}" == (HERE / file).read_text().strip()
