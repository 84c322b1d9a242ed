"""The engine's values: what is written is read as it was, and what only the engine writes is understood."""

from __future__ import annotations

from typing import Any

from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.codec import OUTPUT, SIGNATURE, UNKNOWNS, decode, encode
from pulumi_daytona.plugin.values import Archive, Asset, Reference, Secret, plain, secret_paths, with_secrets

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(
    lambda text: text not in UNKNOWNS
)
keys = texts.filter(lambda text: text != SIGNATURE)
assets = st.builds(Asset, st.sampled_from(["text", "path", "uri"]), texts, texts) | st.builds(
    Asset, st.just(""), st.just(""), texts
)
archives = st.recursive(
    st.builds(Archive, st.sampled_from(["path", "uri"]), texts, texts),
    lambda inner: st.builds(
        Archive, st.just("assets"), st.dictionaries(keys, assets | inner, max_size=2), texts
    ),
    max_leaves=3,
)
references = st.builds(Reference, texts, st.none() | st.just(UNKNOWN) | texts.filter(bool), texts)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False).filter(lambda number: not number.is_integer())
    | texts
    | st.just(UNKNOWN)
    | assets
    | archives
    | references
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3) | st.builds(Secret, inner)
    ),
    max_leaves=10,
)
properties = st.dictionaries(keys, values, max_size=4)


@given(properties)
def test_what_is_written_is_read_as_it_was(given_: dict[str, Any]) -> None:
    wire = encode(given_).SerializeToString()
    assert given_ == decode(Struct.FromString(wire))


@given(properties)
def test_what_was_secret_is_so_again(given_: dict[str, Any]) -> None:
    marked = with_secrets(plain(given_), secret_paths(given_))
    assert plain(given_) == plain(marked)
    assert [*secret_paths(given_)] == [*secret_paths(marked)]


@given(values)
def test_an_output_is_its_value(value: Any) -> None:
    known = {SIGNATURE: OUTPUT, "value": value}
    assert {"a": value} == decode(encode({"a": known}))
    assert {"a": Secret(value)} == decode(encode({"a": {**known, "secret": True, "dependencies": ["urn:a"]}}))


def test_an_output_without_a_value_is_unknown() -> None:
    assert {"a": UNKNOWN} == decode(encode({"a": {SIGNATURE: OUTPUT}}))
    assert {"a": Secret(UNKNOWN)} == decode(encode({"a": {SIGNATURE: OUTPUT, "secret": True}}))


def test_every_kind_of_unknown_is_one() -> None:
    assert dict.fromkeys(UNKNOWNS, UNKNOWN) == decode(encode({text: text for text in UNKNOWNS}))


def test_a_number_that_can_t_be_exact_stays_as_it_is() -> None:
    found = decode(encode({"large": 1e300, "whole": 5.0, "infinite": float("inf")}))
    assert {"large": 1e300, "whole": 5, "infinite": float("inf")} == found
    assert [float, int, float] == [type(found[key]) for key in ("large", "whole", "infinite")]


def test_files_and_resources_are_plain_to_the_core() -> None:
    given_ = {
        "file": Asset("path", "a.txt", "hash"),
        "elided": Asset("", "", "hash"),
        "folder": Archive("path", "b", "hash"),
        "made": Archive("assets", {"x": Secret(Asset("text", "y")), "z": Archive("path", "c")}),
        "box": Reference("urn:box", "id of it"),
        "component": Reference("urn:component"),
    }
    assert {
        "file": {"path": "a.txt"},
        "elided": {},
        "folder": {"archive": "b"},
        "made": {"assets": {"x": {"text": "y"}, "z": {"archive": "c"}}},
        "box": "id of it",
        "component": "urn:component",
    } == plain(given_)
    assert [("made",)] == [*secret_paths(given_)]


def test_a_secret_in_what_has_become_a_text_makes_all_of_it_one() -> None:
    assert {"list": Secret("a,b"), "map": {"x": Secret("1"), "y": "2"}} == with_secrets(
        {"list": "a,b", "map": {"x": "1", "y": "2"}}, [("list", 1), ("map", "x"), ("absent", "x")]
    )
