"""The marks that say who made a sandbox, and the names that follow from it."""

from __future__ import annotations

from itertools import islice

from pulumi_daytona.core.ownership import (
    CREATING,
    LANGUAGE,
    OWNER,
    digest_of,
    marked_labels,
    names_for,
    owner_of,
    user_labels,
    without_mark,
)

OWNER_TEXT = owner_of("acme", "urn:pulumi:dev::shop::pulumi-python:dynamic/daytona:Sandbox::web")


def test_a_name_follows_from_the_logical_name_and_from_who_the_resource_is() -> None:
    assert next(names_for(OWNER_TEXT)) == next(names_for(OWNER_TEXT))
    assert next(names_for(OWNER_TEXT)).startswith("web-")


def test_another_organization_stack_or_type_gives_another_name() -> None:
    others = [
        OWNER_TEXT.replace("acme", "other"),
        OWNER_TEXT.replace(":dev:", ":prod:"),
        OWNER_TEXT.replace("shop", "other"),
        OWNER_TEXT.replace("Sandbox", "Volume"),
    ]
    assert 5 == len({next(names_for(owner)) for owner in [OWNER_TEXT, *others]})


def test_the_next_names_are_numbered() -> None:
    first, second, third = islice(names_for(OWNER_TEXT), 3)
    assert (f"{first}-2", f"{first}-3") == (second, third)


def test_a_name_has_only_letters_digits_and_dashes() -> None:
    name = next(names_for("acme/urn:pulumi:dev::shop::type::Büro <1>/x"))
    assert all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in name)


def test_the_provider_s_marks_and_the_client_s_label_are_not_shown() -> None:
    labels = {**marked_labels({"team": "a"}, OWNER_TEXT), CREATING: "x", LANGUAGE: "python"}
    assert {"team": "a"} == user_labels(labels)
    assert {"team": "a", LANGUAGE: "python"} == user_labels(labels, {LANGUAGE: "python"})


def test_handing_over_takes_off_only_the_mark_of_creation() -> None:
    labels = {**marked_labels({"team": "a"}, OWNER_TEXT), CREATING: "x"}
    assert {"team": "a", OWNER: OWNER_TEXT} == without_mark(labels)


def test_the_digest_of_a_request_doesn_t_depend_on_the_order() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
