"""The toolchain itself: the engine, the language host and the dynamic provider run whole life cycles."""

from __future__ import annotations

import sys
import sysconfig
import venv

import pulumi
import pytest
from pulumi import automation

from tests.engine.conftest import MakeProject, MakeStack

pytestmark = pytest.mark.engine

# A dynamic resource whose real thing is a file, so that it can change behind Pulumi's back.
TINY = """
    import pathlib
    import sys
    import pulumi
    from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult

    class Files(ResourceProvider):
        def diff(self, _id, olds, news):
            return DiffResult(changes=olds["text"] != news["text"])

        def create(self, props):
            pathlib.Path(props["path"]).write_text(props["text"])
            return CreateResult(props["path"], dict(props))

        def read(self, id_, props):
            if not pathlib.Path(id_).exists():
                return ReadResult("", {})
            return ReadResult(id_, {**props, "text": pathlib.Path(id_).read_text()})

        def update(self, id_, olds, news):
            pathlib.Path(id_).write_text(news["text"])
            return UpdateResult(dict(news))

        def delete(self, id_, props):
            pathlib.Path(id_).unlink()

    class Text(Resource):
        text: pulumi.Output[str]

        def __init__(self, name, text):
            path = pathlib.Path(name).absolute()
            super().__init__(Files(), name, {"path": str(path), "text": text})

    config = pulumi.Config()
    print("the program runs in", sys.executable)
    pulumi.export("text", Text("text", config.get("text") or "first").text)
    pulumi.export("secret", config.get_secret("secret"))
"""


def test_the_command_line_takes_a_dynamic_resource_through_its_life(project: MakeProject) -> None:
    tiny = project(TINY)
    file = tiny.program_folder / "text"

    assert {"create": 2} == tiny.preview().changes
    assert not file.exists()
    assert ["create"] == tiny.up().operations("text")
    assert "first" == file.read_text() == tiny.outputs()["text"]
    assert str(file) == tiny.resources()["text"]["id"]
    assert {"same": 2} == tiny.up().changes

    tiny.set_config("text", "second")
    assert ["update"] == tiny.preview().operations("text")
    assert "first" == file.read_text()
    assert ["update"] == tiny.up().operations("text")
    assert "second" == file.read_text()

    assert {"delete": 2} == tiny.destroy().changes
    assert not file.exists()
    assert {} == tiny.resources()


def test_a_refresh_finds_what_has_happened_behind_the_back_of_pulumi(project: MakeProject) -> None:
    tiny = project(TINY)
    tiny.up()
    file = tiny.program_folder / "text"

    assert ["same"] == tiny.refresh().findings("text")
    file.write_text("changed by hand")
    assert ["update"] == tiny.refresh().findings("text")
    assert "changed by hand" == tiny.resources()["text"]["outputs"]["text"]
    file.unlink()
    assert ["delete"] == tiny.refresh().findings("text")
    assert {} == tiny.resources()


def test_secret_config_reaches_the_program_and_is_encrypted_in_the_state(project: MakeProject) -> None:
    tiny = project(TINY)
    tiny.set_config("secret", "correct horse", secret=True)

    tiny.up()

    assert "correct horse" == tiny.outputs()["secret"]
    assert "correct horse" not in str(tiny.export())


def test_the_program_runs_in_the_environment_of_the_tests_and_its_prints_are_shown(
    project: MakeProject,
) -> None:
    expected = "the program runs in " + project("").full_environment["PULUMI_PYTHON_CMD"]

    assert expected in project(TINY, name="printing").preview().messages("info")


def test_a_failing_program_shows_its_error_once(project: MakeProject) -> None:
    failing = project('raise ValueError("the program is wrong")')

    errors = failing.up(status=1).messages("error")

    assert 1 == len(errors)
    assert errors[0].startswith("Program failed with an unhandled exception:")
    assert errors[0].endswith("ValueError: the program is wrong")


def test_a_program_that_exits_by_itself_names_its_exit_code(project: MakeProject) -> None:
    leaving = project("import sys; sys.exit(5)")

    assert "program exited with non-zero exit code: 5" in leaving.up(status=1).messages("error")[-1]


def test_a_virtual_environment_that_is_not_there_is_named(project: MakeProject) -> None:
    tiny = project(TINY)
    options = "name: test\nruntime: {name: python, options: {virtualenv: absent}}\n"
    (tiny.program_folder / "Pulumi.yaml").write_text(options)

    assert "absent" in tiny.up(status=1).messages("error")[-1]


def test_the_virtualenv_option_chooses_the_python_of_the_program(project: MakeProject) -> None:
    tiny = project(TINY)
    options = "name: test\nruntime: {name: python, options: {virtualenv: own}}\n"
    (tiny.program_folder / "Pulumi.yaml").write_text(options)
    own = tiny.program_folder / "own"
    venv.create(own, symlinks=True)
    packages = own / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib"))

    assert f"the program runs in {own}/bin/python" in tiny.up().messages("info")


def tiny_program() -> None:
    """Declare one dynamic resource; its classes are local, so that their code goes into the state."""
    from pulumi.dynamic import CreateResult, Resource, ResourceProvider

    class Words(ResourceProvider):
        def create(self, props: dict[str, str]) -> CreateResult:
            import sys

            return CreateResult("words-1", {"text": props["text"], "python": sys.executable})

    class Text(Resource):
        text: pulumi.Output[str]
        python: pulumi.Output[str]

        def __init__(self, name: str) -> None:
            super().__init__(Words(), name, {"text": "inline", "python": None})

    made = Text("text")
    pulumi.export("text", made.text)
    pulumi.export("python", made.python)


def test_the_automation_api_takes_an_inline_program_through_its_life(inline_stack: MakeStack) -> None:
    stack = inline_stack(tiny_program)

    assert {automation.OpType.CREATE: 2} == stack.preview().change_summary
    outputs = stack.up().outputs
    assert "inline" == outputs["text"].value
    assert stack.workspace.env_vars["PULUMI_PYTHON_CMD"] == outputs["python"].value
    assert {"same": 2} == stack.refresh().summary.resource_changes
    assert {"delete": 2} == stack.destroy().summary.resource_changes


def test_an_inline_program_that_fails_raises_with_its_error(inline_stack: MakeStack) -> None:
    def program() -> None:
        raise ValueError("the program is wrong")

    with pytest.raises(automation.CommandError, match="the program is wrong"):
        inline_stack(program).up()
