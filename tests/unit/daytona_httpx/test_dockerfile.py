"""The text of Dockerfiles: what is copied, as Docker reads it."""

from __future__ import annotations

import pytest
from daytona_httpx.dockerfile import copied, instructions, json_form, pip_options, shell_form


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("COPY a /x", ["a"]),
        ("  copy a b /x", ["a", "b"]),
        ("ADD a.tar /x", ["a.tar"]),
        ('COPY ["c d", "e", "/"]', ["c d", "e"]),
        ('COPY "c d" /', ["c d"]),
        ("COPY --chown=a:b --link --chmod=755 a /x", ["a"]),
        ("COPY --from=stage z /", []),
        ("COPY --chown=a --from=stage z /", []),
        ("COPY --chown=a from--from=b /", ["from--from=b"]),
        ("COPY <<EOF /e", []),
        ("COPY <<EOF a /dir/", ["a"]),
        ("ADD https://a.test/f git@a.test:b.git local /", ["local"]),
        ("# COPY no /", []),
        ("RUN COPY no /", []),
        ("COPYING a /", []),
        ("COPY only", []),
        ("COPY it's /x", ["it's"]),
        ("COPY [ab].txt /x", ["[ab].txt"]),
        ("ONBUILD COPY a /", []),
    ],
)
def test_sources_are_read_as_docker_reads_them(line: str, sources: list[str]) -> None:
    assert sources == [*copied([line])]


def test_an_instruction_goes_on_after_a_backslash_past_comments_and_empty_lines() -> None:
    lines = ["COPY --chown=a a \\", "# a comment \\", "", "  b /x", "RUN c"]
    assert ["COPY --chown=a a   b /x", "RUN c"] == [*instructions(lines)]
    assert ["a", "b"] == [*copied(lines)]


def test_lines_may_hold_several_lines() -> None:
    assert ["a", "b"] == [*copied(["COPY a /\nCOPY \\\n b /"])]


def test_what_stands_in_a_here_document_is_no_instruction() -> None:
    text = [
        "RUN <<EOF cat <<-'OTHER'",
        "COPY no /",
        "EOF",
        "COPY neither /",
        "\tOTHER",
        "RUN echo $((1<<2)) a<<b <<<word",
        "COPY yes /",
    ]
    assert ["yes"] == [*copied(text)]


def test_a_last_line_that_goes_on_is_an_instruction() -> None:
    assert ["COPY a / "] == [*instructions(["COPY a / \\"])]


def test_no_options_are_no_words() -> None:
    assert pip_options(None, None, None, False, "  ") == ""


def test_commands_are_written_for_docker_and_for_a_shell() -> None:
    assert '["a", "b c", "d\\"e"]' == json_form(["a", ["b c", 'd"e']])
    assert '"a" "b\\\'c"' == shell_form(["a", "b'c"])
