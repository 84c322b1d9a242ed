"""Describe inputs, outputs and results in words that hold for every language."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Collection

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pulumi_daytona.core.functions.look_up import Argument, LookUp
from pulumi_daytona.core.traits import Change, Trait, never
from pulumi_daytona.schema.naming import camel

BEHAVIOUR = {
    Change.UPDATE: "Changes in place.",
    Change.REPLACE: "A change replaces.",
    Change.NONE: "A change makes no request.",
}

_NAME = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_UNITS = {"minutes": "in minutes", "seconds": "in seconds", "hours": "in hours", "ms": "in milliseconds"}
_UNITS |= {"ns": "in nanoseconds", "gib": "in GiB", "pct": "in percent", "percentage": "in percent"}
_COMMON = {
    "id": "Its id.",
    "name": "Its name.",
    "created_at": "When it was made.",
    "updated_at": "When it last changed.",
    "organization_id": "Id of its organization.",
    "state": "Its state.",
    "url": "Its address.",
    "labels": "Its labels.",
}
"""Fields of results that many kinds have."""


def for_all(text: str, names: Collection[str]) -> str:
    """Return words that were written for Python as they hold for every language.

    Args:
        text: The words.
        names: The names in it that are spelled otherwise on the wire.
    """
    spelled = _NAME.sub(lambda found: camel(found[0]) if found[0] in names else found[0], text)
    plain = spelled.replace(", or an ``Image``", "").replace("``", "`")
    return re.sub(r"\b(True|False)\b", lambda found: found[0].lower(), plain)


def input_words(info: FieldInfo, trait: Trait, names: Collection[str]) -> str:
    """Return what an input is, its default, and what a change of it leads to."""
    place = BEHAVIOUR[trait.change] if trait.replace_if is never else "Other changes are in place."
    words = [info.description or "", _default(trait.default, info.description or ""), place]
    words += ["Kept as a secret."] if trait.secret and "kept as a secret" not in words[0] else []
    return for_all(" ".join(each for each in words if each), names)


def argument_words(argument: Argument, names: Collection[str]) -> str:
    """Return what an argument of a look-up is, and its default."""
    default = "" if argument.required else _default(argument.default, argument.doc)
    return for_all(" ".join(each for each in (argument.doc, default) if each), names)


def function_words(look_up: LookUp[object], names: Collection[str]) -> str:
    """Return what a look-up does, and what it needs."""
    first, dot, others = look_up.doc.partition(". ")
    needs = f" It needs {look_up.needs}." if look_up.needs else ""
    words = f"{first.rstrip('.')} ({look_up.operation_words}).{' ' * bool(dot)}{others}{needs}"
    return for_all(words, names)


def model_words(model: type[BaseModel]) -> str:
    """Return what a model is."""
    return " ".join(_paragraphs(model)[0].split())


def field_words(model: type[BaseModel], name: str) -> str:
    """Return what a field of a result is: from the model's docstring, else from its name."""
    section = next((each for each in _paragraphs(model) if each.startswith("Attributes:")), "")
    pairs = (line.strip().partition(": ") for line in section.splitlines()[1:])
    explained = {each: text for each, _, text in pairs}
    return for_all(explained.get(name) or _COMMON.get(name) or _from_name(name), model.model_fields)


def _paragraphs(model: type[BaseModel]) -> list[str]:
    return inspect.cleandoc(model.__doc__ or "").split("\n\n")


def _from_name(name: str) -> str:
    words = name.split("_")
    unit = f", {_UNITS[words.pop()]}" if words[-1] in _UNITS and len(words) > 1 else ""
    if words[0] == "is":
        return f"Whether it is {' '.join(words[1:])}."
    if words[-1] == "at":
        return f"When it was {' '.join(words[:-1])}."
    if words[-1] == "id":
        return f"Id of the {' '.join(words[:-1])}."
    return f"Its {' '.join(words)}{unit}."


def _default(value: object, said: str) -> str:
    told = "default" in said.lower() or "left out" in said.lower()
    plain = isinstance(value, bool | int | float | str) and value != ""
    return f"Default {json.dumps(value)}." if plain and not told else ""
