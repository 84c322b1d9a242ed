"""How the words of a Dockerfile are read."""

from __future__ import annotations

import pytest
from daytona_local.build_words import LONGEST, BuildFailedError, json_words, pairs, plain, split

VARIABLES = {"A": "one", "B": "two words", "EMPTY": "", "AB": "both"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain", "plain"),
        ("$A", "one"),
        ("${A}B", "oneB"),
        ("$AB-${A}b", "both-oneb"),
        ("'$A'", "$A"),
        ('"$A and ${B}"', "one and two words"),
        (r"\$A", "$A"),
        (r'"\$A \"x\" \n"', r'$A "x" \n'),
        (r"a\ b", "a b"),
        ("$NONE.", "."),
        ("${NONE:-or $A}", "or one"),
        ("${EMPTY:-other}", "other"),
        ("${EMPTY-other}", ""),
        ("${A:+set}${NONE:+set}", "set"),
        ("${EMPTY+set}${EMPTY:+filled}", "set"),
        ("${NONE:-${NONE:-deep}}", "deep"),
        ("cost: 5$ or $", "cost: 5$ or $"),
        ("a'b'\"c\"", "abc"),
    ],
)
def test_quotes_and_variables_are_read_as_docker_does(written: str, read: str) -> None:
    assert read == plain(written, VARIABLES, "\\")


def test_the_escape_character_can_be_another() -> None:
    assert r"C:\dir $A" == plain(r"C:\dir `$A", VARIABLES, "`")


@pytest.mark.parametrize(
    "written", ["'open", '"open', "${A", "${", "${A:-x", "${NONE:?}", "${NONE?must}", "${NONE:-" * 20]
)
def test_what_can_t_be_read_is_refused(written: str) -> None:
    with pytest.raises(BuildFailedError):
        plain(written, VARIABLES, "\\")


@pytest.mark.parametrize("form", ["{}", '"{}"', "${{NONE:-{}}}"])
def test_no_value_grows_without_end(form: str) -> None:
    with pytest.raises(BuildFailedError, match="longer"):
        plain(form.format("$L" * 3), {"L": "x" * (LONGEST // 2)}, "\\")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b\tc", ["a", "b", "c"]),
        ('a "b c" d\\ e', ["a", '"b c"', "d\\ e"]),
        ("'it''s' \"o'clock\"", ["'it''s'", '"o\'clock"']),
        ("", []),
    ],
)
def test_words_end_at_spaces_outside_of_quotes(text: str, words: list[str]) -> None:
    assert words == split(text, "\\")


def test_names_and_values_come_in_two_forms() -> None:
    assert [("A", "1"), ("B", '"x y"'), ("C", "")] == pairs('A=1 B="x y" C=', "\\")
    assert [("A", "all the rest = this")] == pairs("A all the rest = this", "\\")
    for wrong in ("A=1 B", "A=1 =2", ""):
        with pytest.raises(BuildFailedError):
            pairs(wrong, "\\")


def test_a_json_form_is_a_list_of_texts_only() -> None:
    assert ["a", "b c"] == json_words('["a", "b c"]')
    assert [] == json_words("[]")
    for other in ("a b", "['a']", "[1]", "[ -f x ] && echo", "["):
        assert json_words(other) is None
