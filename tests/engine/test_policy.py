"""The policy pack of the example, started by the engine: it denies a preview, and says why."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.examples import EXAMPLES, example
from tests.engine.project import FAILS, Outcome, Project

pytestmark = pytest.mark.engine

PACK = ("--policy-pack", "pack")
RULES = ["sandbox-auto-stop", "sandbox-private", "sandbox-size"]
ENVIRONMENT = Path(__file__).resolve().parents[2] / ".venv-policy"


@pytest.fixture
def guarded(project: MakeProject, server: LocalDaytona) -> Project:
    """Return the example, with the environment of the pack that `make test` makes."""
    if not ENVIRONMENT.exists():
        pytest.fail("the environment of pulumi-policy is missing: run `make test`", pytrace=False)
    made = example(project, server, "policy")
    (made.program_folder / "pack" / "venv").symlink_to(ENVIRONMENT)
    return made


@pytest.mark.parametrize("front", ["pulumi_daytona", "pulumi_daytona.native"])
def test_a_sandbox_that_follows_the_policies_passes_and_a_public_one_is_denied_at_preview(
    guarded: Project, front: str
) -> None:
    program = guarded.program_folder / "__main__.py"
    program.write_text(program.read_text().replace("from pulumi_daytona import", f"from {front} import"))
    assert {"create": 2} == guarded.preview(*PACK).changes

    wanted = ("public=true", "autoStopMinutes=0", "cpu=64")
    guarded.run("config", "set-all", *(word for each in wanted for word in ("--plaintext", each)))
    denied = violations(guarded.preview(*PACK, status=FAILS))

    assert RULES == list(denied)
    assert 'sandbox "box": it is public' in denied["sandbox-private"]
    assert 'sandbox "box": auto_stop_interval is 0;' in denied["sandbox-auto-stop"]
    assert 'sandbox "box": cpu is 64 of 4' in denied["sandbox-size"]


@pytest.mark.parametrize("name", ["auto_stop_interval", "autoStopInterval"])
@pytest.mark.parametrize(("minutes", "fault"), [(0, "is 0;"), (120, ""), (121, "is 121;"), (None, "")])
def test_an_input_is_found_by_its_name_in_python_and_in_the_native_plugin(
    name: str, minutes: int | None, fault: str
) -> None:
    rules = runpy.run_path(str(EXAMPLES / "policy" / "pack" / "rules.py"))

    said = rules["stops_by_itself"]({name: minutes})

    assert bool(fault) == bool(said)
    assert fault in (said or "")


def violations(outcome: Outcome) -> dict[str, str]:
    """Return what broke the mandatory policies, by their names; each is broken once at most."""
    events = [event["policyEvent"] for event in outcome.events if "policyEvent" in event]
    assert {"mandatory"} == {event["enforcementLevel"] for event in events}
    found = sorted((event["policyName"], event["message"]) for event in events)
    assert len(found) == len(dict(found))
    return dict(found)
