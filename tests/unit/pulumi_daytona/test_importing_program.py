"""The program of an import: Python that means exactly what was found, whoever chose the names."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_daytona.core.importing import Unowned, adopting
from pulumi_daytona.core.importing_inputs import Placeholder
from pulumi_daytona.core.importing_program import Program, literal

TEXTS = st.text(max_size=200)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def sandbox(name: str = "box", remarks: tuple[str, ...] = (), /, **inputs: Any) -> Unowned:
    return Unowned("Sandbox", f"id of {name}", name, "started", name, inputs, remarks)


def volume(name: str = "data") -> Unowned:
    return Unowned("Volume", f"id of {name}", name, "ready", name, {"name": name, "adopt": True})


def run(*resources: Unowned) -> list[tuple[str, str, dict[str, Any]]]:
    """Run a program's calls, each of which only notes what it was called with."""
    calls: list[tuple[str, str, dict[str, Any]]] = []
    source = Program(resources).text()
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]

    class Called:
        def __init__(self, kind: str, name: str, /, **inputs: Any) -> None:
            calls.append((kind, name, inputs))
            self.id = f"{name}.id"

    class Pulumi:
        @staticmethod
        def Config() -> Any:  # noqa: N802 - Pulumi's name
            return type("Config", (), {"require_secret": staticmethod(lambda key: f"secret {key}")})

        @staticmethod
        def ResourceOptions(**options: Any) -> Any:  # noqa: N802 - Pulumi's name
            return options

    names = {
        "pulumi": Pulumi,
        "Sandbox": partial(Called, "Sandbox"),
        "Volume": partial(Called, "Volume"),
        "VolumeMount": dict,
    }
    exec(compile(tree, "program", "exec"), names)
    return calls


@given(VALUES, st.integers(0, 2))
def test_a_literal_means_exactly_the_value(value: Any, depth: int) -> None:
    assert value == ast.literal_eval(literal(value, depth))


@given(TEXTS, TEXTS, TEXTS)
def test_a_program_says_what_was_found_and_nothing_else(name: str, key: str, remark: str) -> None:
    found = sandbox(name, (remark,), name=name, labels={key: remark}, dockerfile=remark)
    assert [("Sandbox", name, {"name": name, "labels": {key: remark}, "dockerfile": remark})] == run(found)


@pytest.mark.parametrize(
    "text", ['"""', "'); import os; ('", "\n\nimport os\n", "\u2028import os", "\r", "\\", "\u202e", "\x00"]
)
def test_no_name_or_remark_can_bring_code_into_the_program(text: str) -> None:
    found = sandbox(text, (text,), name=text, env={text: Placeholder(text)})
    program = Program([found]).text()
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    assert {"Config", "require_secret", "Sandbox"} == {
        ast.unparse(call.func).split(".")[-1] for call in calls
    }
    assert "import os" not in [line.strip() for line in program.splitlines()]


def test_secrets_are_read_from_the_configuration_under_keys_of_their_own() -> None:
    first = sandbox("a", env={"B C": Placeholder("B C"), "B-C": Placeholder("B-C")})
    second = sandbox(
        "b", env={"B C": Placeholder("B C")}, outbound_proxy_url=Placeholder("outbound-proxy-url")
    )
    assert ["a-B-C", "a-B-C-2", "b-B-C", "b-outbound-proxy-url"] == Program([first, second]).secrets
    called = run(first, second)
    assert {"B C": "secret a-B-C", "B-C": "secret a-B-C-2"} == called[0][2]["env"]
    assert "secret b-outbound-proxy-url" == called[1][2]["outbound_proxy_url"]


def test_a_mount_refers_to_the_volume_of_the_program() -> None:
    mounts = [
        {"volume_id": "id of data", "mount_path": "/a"},
        {"volume_id": "another", "mount_path": "/b", "subpath": "c"},
    ]
    called = run(volume(), sandbox(volumes=mounts))
    assert [{**mounts[0], "volume_id": "data.id"}, mounts[1]] == called[1][2]["volumes"]


def test_a_volume_is_adopted_and_protected_as_an_import_is() -> None:
    assert [("Volume", "data", {"name": "data", "adopt": True, "opts": {"protect": True}})] == run(volume())


def test_what_is_to_be_taken_over_says_so_and_is_protected() -> None:
    given = {"name": "box", "adopt": True, "public": True}
    taken = run(adopting(sandbox(name="box", public=True)))
    assert [("Sandbox", "box", {**given, "opts": {"protect": True}})] == taken
    assert "import pulumi\n" in Program([adopting(sandbox(name="box"))]).text()


def test_volumes_with_like_names_have_variables_of_their_own() -> None:
    text = Program([volume("a b"), volume("a-b"), volume("class"), volume("1")]).text()
    targets = [node.targets[0] for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    assert ["volume_a_b", "volume_a_b_2", "volume_class", "volume_1"] == names[-4:]


def test_nothing_found_is_a_program_without_imports() -> None:
    assert [ast.Expr] == [type(node) for node in ast.parse(Program([]).text()).body]


def test_a_text_of_several_lines_takes_several_lines() -> None:
    text = Program([sandbox(dockerfile="FROM a\nRUN b\n")]).text()
    assert '        "FROM a\\n"\n        "RUN b\\n"\n' in text
