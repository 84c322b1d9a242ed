"""What is read from a Dockerfile, and what is refused in it."""

from __future__ import annotations

import pytest
from daytona_local.build_stage import StageState, argument_values
from daytona_local.build_steps import Step, parse, steps
from daytona_local.build_words import BuildFailedError
from daytona_local.records import ImageConfig

TEXT = r"""# syntax=docker/dockerfile:1
# a comment
ARG BASE=one
FROM ${BASE} AS first

run echo a && \
    # a comment between the lines
    echo b
COPY --chown=app:app --chmod=755 a b /to/
FROM --platform=linux/amd64 two
Cmd ["x"]"""


def state_after(*lines: str, config: ImageConfig | None = None) -> StageState:
    """Return what is known after some lines."""
    state = StageState(config or ImageConfig(), "/bin", {"OUTER": "outer"})
    for step in steps("\n".join(lines)):
        assert state.take(step)
    return state


def test_a_dockerfile_is_read_into_stages_and_steps() -> None:
    read = parse(TEXT)
    assert ["BASE=one"] == [step.text for step in read.arguments]
    first, second = read.stages
    assert ("${BASE}", "first", "two", "") == (first.image, first.name, second.image, second.name)
    run, copy = first.steps
    assert ("RUN", 6) == (run.keyword, run.line)
    assert "RUN echo a &&     echo b" == str(run)
    assert {"chown": "app:app", "chmod": "755"} == copy.flags
    assert "a b /to/" == copy.text
    assert "COPY --chown=app:app --chmod=755 a b /to/" == str(copy)
    assert {"platform": "linux/amd64"} == second.origin.flags


def test_an_option_that_comes_twice_keeps_both_values() -> None:
    (run,) = steps("RUN --mount=type=cache,target=/a --mount=type=ssh x")
    assert "type=cache,target=/a type=ssh" == run.flags["mount"]


def test_the_escape_character_ends_lines_too() -> None:
    read = parse("# escape=`\nFROM a\nRUN dir C:\\ `\n  && b\n")
    assert "dir C:\\   && b" == read.stages[0].steps[0].text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no FROM"),
        ("# only\n", "no FROM"),
        ("RUN x\nFROM a", "line 1 .*before the first FROM"),
        ("FROM a b", "line 1"),
        ("FROM a\nFETCH x", "line 2 .*'FETCH' is no instruction"),
        ("FROM a\nONBUILD RUN x", "ONBUILD"),
        ("FROM a\nRUN <<EOF\nx\nEOF", "here-documents"),
        ("FROM a\nCOPY <<EOF /x\nx\nEOF", "here-documents"),
        ("FROM a\nRUN --security=insecure x", "--security of RUN"),
        ("FROM a\nCOPY --parents x y", "--parents of COPY"),
        ("FROM a\nRUN", "nothing after it"),
    ],
)
def test_what_can_t_be_done_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(BuildFailedError, match=reason):
        parse(text)


def test_a_shift_in_a_command_is_no_here_document() -> None:
    assert "RUN echo $((1 << 2))" == str(parse("FROM a\nRUN echo $((1 << 2))").stages[0].steps[0])


def test_variables_reach_later_steps_of_their_stage_only() -> None:
    state = state_after(
        "ARG VERSION=3 OUTER TARGETOS NONE", "ENV A=1 B=${VERSION}.$A", "ENV PATH /opt/bin:$PATH", "ENV A=2$B"
    )
    assert {"A": "23.", "B": "3.", "PATH": "/opt/bin:/bin"} == state.config.env
    assert ("3", "outer", "linux") == tuple(
        state.variables[name] for name in ("VERSION", "OUTER", "TARGETOS")
    )
    assert "NONE" not in state.variables


def test_what_the_image_says_is_kept_and_added_to() -> None:
    origin = ImageConfig(env={"OLD": "x"}, workdir="/srv", user="app", entrypoint=["old"], cmd=["c"])
    state = state_after("WORKDIR sub", "WORKDIR ../$OLD", 'ENTRYPOINT ["new", "$OLD"]', config=origin)
    assert ("/srv/x", "app") == (state.config.workdir, state.config.user)
    assert (["new", "$OLD"], None) == (state.config.entrypoint, state.config.cmd)
    assert "/srv" == origin.workdir


def test_commands_are_for_the_shell_unless_written_as_a_list() -> None:
    state = state_after("ENTRYPOINT run it", 'SHELL ["/bin/bash", "-ec"]', "CMD echo $A", "USER app:app")
    assert ["/bin/sh", "-c", "run it", "/bin/bash", "-ec", "echo $A"] == state.config.command
    assert "app:app" == state.config.user
    assert [] == state_after("ENTRYPOINT []", "CMD []").config.command
    with pytest.raises(BuildFailedError, match="SHELL"):
        state_after("SHELL bash")


def test_steps_without_an_effect_are_told_from_those_that_do_something() -> None:
    state = state_after("EXPOSE 80", "LABEL a=b", "MAINTAINER me", "HEALTHCHECK --interval=5s CMD true")
    assert ImageConfig() == state.config
    for keyword in ("RUN", "COPY", "ADD", "VOLUME"):
        assert not state.take(Step(keyword, "x", {}, 1))


def test_arguments_before_the_first_stage_have_values() -> None:
    assert {"A": "1", "B": "1-x"} == argument_values(parse("ARG A=1\nARG B=$A-x\nFROM $A").arguments)
