"""Check: validate what is known of a resource's inputs and return them in their normal form."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pulumi_daytona.core.definition import Definition, Failure
from pulumi_daytona.core.models import InputModel, models_in


@dataclass(frozen=True)
class Checked:
    """Hold the inputs in their normal form, or the failures that make them unacceptable."""

    inputs: dict[str, Any]
    failures: tuple[Failure, ...] = ()


def check(definition: Definition[Any], news: Mapping[str, Any]) -> Checked:
    """Check a resource's inputs without a request.

    Args:
        definition: The kind of resource.
        news: The inputs as the program gives them; unknown values are ``UNKNOWN``.

    Returns:
        The normal form and no failures, or the inputs as given and every failure that can be known now.
    """
    given = {name: value for name, value in news.items() if value is not None}
    try:
        inputs = definition.inputs.model_validate(given)
    except ValidationError as error:
        return Checked(given, tuple(_failure(definition.inputs, detail) for detail in error.errors()))
    failures = tuple(definition.rules(inputs))
    return Checked(given if failures else inputs.plain(), failures)


def _failure(model: type[InputModel], detail: ErrorDetails) -> Failure:
    path = _path(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return Failure(path, _not_an_input(model, str(detail["loc"][-1])))
    if detail["type"] == "missing":
        return Failure(path, f"is missing; give it: {_description(model, detail['loc'])}")
    reason = detail["msg"].removeprefix("Value error, ")
    return Failure(path, reason[0].lower() + reason[1:])


def _description(model: type[InputModel], location: tuple[int | str, ...]) -> str:
    """Return what an input is, also one inside of another."""
    described = ""
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            info = model.model_fields[step]
            described, model = info.description or step, next(models_in(info.annotation), model)
    return described


def _path(location: tuple[int | str, ...]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in location]
    return "".join(steps).removeprefix(".") or "''"


def _not_an_input(model: type[InputModel], name: str) -> str:
    nearest = difflib.get_close_matches(name, model.model_fields, n=1)
    hint = (
        f"did you mean {nearest[0]}?" if nearest else f"allowed are {', '.join(sorted(model.model_fields))}"
    )
    return f"there is no input of this name; {hint}"
