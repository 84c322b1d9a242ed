"""Asking the engine: what it says is believed, and what it doesn't say clearly is an error in one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi_daytona.cli import engine as module
from pulumi_daytona.cli.engine import Engine, EngineError, find_engine, require_engine
from pulumi_daytona.core.errors import ProviderError

MakeEngine = Callable[[dict[str, Any]], Engine]

STAND_IN = """#!{python}
import json, sys, time
answers = json.load(open({answers!r}))
always = ("--non-interactive", "--color=never")
asked = " ".join(argument for argument in sys.argv[1:] if argument not in always)
with open({asked!r}, "a") as notes:
    notes.write(asked + "\\n")
answer = answers.get(asked, {{"status": 1, "errors": "error: unexpected: " + asked}})
time.sleep(answer.get("seconds", 0))
sys.stdout.write(answer.get("output", ""))
sys.stderr.write(answer.get("errors", ""))
sys.exit(answer.get("status", 0))
"""
LIST = "stack ls --json --fully-qualify-stack-names"


@pytest.fixture
def engine(tmp_path: Path) -> MakeEngine:
    """Make a stand-in for the engine's command line: `engine({"version": {"output": "v3.1.0"}})`."""

    def make(answers: dict[str, Any]) -> Engine:
        file, notes, pulumi = tmp_path / "answers.json", tmp_path / "asked", tmp_path / "bin" / "pulumi"
        pulumi.parent.mkdir()
        file.write_text(json.dumps(answers))
        pulumi.write_text(STAND_IN.format(python=sys.executable, answers=str(file), asked=str(notes)))
        pulumi.chmod(0o700)
        return Engine(pulumi, tmp_path)

    return make


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


def stack(name: str, *ids: str) -> dict[str, str]:
    organization, project, short = name.split("/")
    assert organization
    urn = f"urn:pulumi:{short}::{project}::a:b:C::r"
    resources = [{"urn": urn, "id": one} for one in ids]
    return {"output": json.dumps({"version": 3, "deployment": {"resources": resources}})}


def test_the_version_is_a_number(engine: MakeEngine) -> None:
    assert "3.259.0" == engine({"version": {"output": "v3.259.0\n"}}).version()


def test_a_full_name_needs_no_question_and_a_short_one_is_asked_for(
    engine: MakeEngine, tmp_path: Path
) -> None:
    show = "stack --show-name --fully-qualify-stack-names"
    made = engine({show: {"output": "o/p/now\n"}, f"{show} --stack=dev": {"output": "o/p/dev\n"}})
    assert ["o/p/x", "o/p/dev", "o/p/now"] == [made.stack_name(name) for name in ("o/p/x", "dev", None)]
    assert 2 == len(asked(tmp_path))


@pytest.mark.parametrize("answer", ["dev", "p/dev", ""])
def test_a_backend_that_names_stacks_by_halves_is_refused(engine: MakeEngine, answer: str) -> None:
    show = {"stack --show-name --fully-qualify-stack-names": {"output": answer}}
    with pytest.raises(ProviderError, match="organization/project/stack"):
        engine(show).stack_name(None)


def test_a_name_that_looks_like_an_option_is_none(engine: MakeEngine, tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        engine({}).stack_name("--help")
    assert ["stack --show-name --fully-qualify-stack-names --stack=--help"] == asked(tmp_path)


def test_stacks_are_listed_by_their_full_names(engine: MakeEngine) -> None:
    rows = [{"name": "o/p/a", "updateInProgress": False}, {"name": "o/p/b"}]
    assert ["o/p/a", "o/p/b"] == engine({f"{LIST} --all": {"output": json.dumps(rows)}}).stacks("--all")


def test_an_update_in_progress_ends_it(engine: MakeEngine) -> None:
    rows = [{"name": "o/p/a", "updateInProgress": True}]
    with pytest.raises(ProviderError, match='an update of stack "o/p/a" is in progress'):
        engine({f"{LIST} --all": {"output": json.dumps(rows)}}).stacks("--all")


def test_states_are_read_of_every_stack(engine: MakeEngine) -> None:
    names = [f"o/p/{number}" for number in range(10)]
    answers = {f"stack export --stack={name}": stack(name, f"id of {name}") for name in names}
    states = engine(answers).states(names)
    assert [(name, {f"id of {name}"}) for name in names] == [(one.stack, set(one.ids)) for one in states]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 255, "errors": "error: no stack named 'o/p/b' found\n"},
        {"output": ""},
        {"output": "{"},
        {"output": "null"},
        {"output": '{"version": 3}'},
    ],
)
def test_one_state_that_can_t_be_read_is_an_error_of_all(engine: MakeEngine, answer: dict[str, Any]) -> None:
    made = engine({"stack export --stack=o/p/a": stack("o/p/a"), "stack export --stack=o/p/b": answer})
    with pytest.raises(ProviderError) as error:
        made.states(["o/p/a", "o/p/b"])
    assert 'read the state of stack "o/p/b"' in str(error.value)
    assert "\n" not in str(error.value)


def test_of_the_configuration_only_what_is_the_provider_s_is_read(engine: MakeEngine, tmp_path: Path) -> None:
    config = {
        "daytona:apiKey": {"secret": True},
        "daytona:apiUrl": {"value": "http://u", "secret": False},
        "other:password": {"secret": True},
    }
    made = engine(
        {
            "config --json --stack=o/p/s": {"output": json.dumps(config)},
            "config get daytona:apiKey --stack=o/p/s": {"output": "the key\n"},
        }
    )
    assert {"daytona:apiKey": "the key", "daytona:apiUrl": "http://u"} == made.config("o/p/s")
    assert not [question for question in asked(tmp_path) if "password" in question]


def test_a_secret_that_can_t_be_decrypted_is_an_error_with_the_engine_s_reason(engine: MakeEngine) -> None:
    config = {"daytona:apiKey": {"secret": True}}
    made = engine(
        {
            "config --json --stack=o/p/s": {"output": json.dumps(config)},
            "config get daytona:apiKey --stack=o/p/s": {
                "status": 255,
                "errors": "warning: something\nerror: passphrase must be set\n",
            },
        }
    )
    with pytest.raises(EngineError, match='read daytona:apiKey of stack "o/p/s": passphrase must be set'):
        made.config("o/p/s")


def test_an_engine_that_says_nothing_is_given_up(engine: MakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT_S", 0.5)
    with pytest.raises(EngineError, match=r"does not answer within 0\.5 s"):
        engine({"version": {"seconds": 60}}).version()


def test_an_engine_that_can_t_be_run_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="can't be run"):
        Engine(tmp_path / "pulumi", tmp_path).version()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name: shop\nruntime: python\n", "shop"),
        ('runtime: python\nname: "my-shop"  # ours\n', "my-shop"),
        ("runtime: python\n", None),
    ],
)
def test_the_project_is_that_of_the_folder_or_above(tmp_path: Path, text: str, name: str | None) -> None:
    (tmp_path / "Pulumi.yaml").write_text(text)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert name == Engine(Path("pulumi"), below).project()


def test_without_an_engine_there_is_a_word_on_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_engine() is None
    with pytest.raises(EngineError, match="install Pulumi"):
        require_engine()
