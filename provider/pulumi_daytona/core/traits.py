"""How a resource's inputs and outputs behave: the marks in the annotations of its models."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pydantic import Field


class Change(Enum):
    """What a changed input leads to."""

    UPDATE = "update"
    REPLACE = "replace"
    NONE = "none"


def never(_old: object, _new: object) -> bool:
    """Tell that no change of an input needs a replacement."""
    return False


@dataclass(frozen=True)
class Trait:
    """Say how one input behaves.

    Args:
        change: What a change of the value leads to.
        default: What the API goes back to when the program no longer sets the input;
            ``KEEP`` leaves the resource as it is.
        secret: Whether the value is shown as a secret.
        same: Tells whether an old and a new value mean the same to the API.
        replace_if: Tells whether this change, from the old to the new value, needs a replacement after all.
        internal: Whether the resource class sets it, and programs don't see it.
    """

    change: Change
    default: object = None
    secret: bool = False
    same: Callable[[Any, Any], bool] = operator.eq
    replace_if: Callable[[Any, Any], bool] = never
    internal: bool = False


KEEP: object = object()
"""The default of an input whose removal changes nothing."""


def in_place(
    default: object = KEEP,
    *,
    secret: bool = False,
    same: Callable[[Any, Any], bool] = operator.eq,
    replace_if: Callable[[Any, Any], bool] = never,
    internal: bool = False,
) -> Trait:
    """Describe an input that is changed without a replacement."""
    return Trait(Change.UPDATE, default, secret, same, replace_if, internal)


def replaces(
    default: object = KEEP,
    *,
    secret: bool = False,
    same: Callable[[Any, Any], bool] = operator.eq,
    internal: bool = False,
) -> Trait:
    """Describe an input that can't be changed on a resource that exists."""
    return Trait(Change.REPLACE, default, secret, same, internal=internal)


def provider_only(*, internal: bool = False) -> Trait:
    """Describe an input that only the provider reads (a timeout): a change of it makes no request."""
    return Trait(Change.NONE, KEEP, internal=internal)


def doc(text: str) -> Any:
    """Describe an input or an output, for the reference and for editors: units and defaults too."""
    return Field(description=text)


@dataclass(frozen=True)
class Shown:
    """Give the type of an input as programs see it, where it doesn't follow from what the API takes.

    Args:
        type: The annotation, for example ``Input[str] | Image``.
    """

    type: str


@dataclass(frozen=True)
class SecretWith:
    """Mark an output that may show what inputs hold.

    The state keeps it as a secret; a program sees a secret only when one of the inputs is one.

    Args:
        inputs: The names of those inputs.
    """

    inputs: tuple[str, ...]


SECRET: Final = "pulumi-daytona: a secret output"  # noqa: S105 - a mark, not a secret
"""Marks an output that is kept as a secret."""
