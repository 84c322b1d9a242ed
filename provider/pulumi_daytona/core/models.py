"""The models that a resource is declared with: its inputs, any of which may be unknown, and its outputs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from pulumi_daytona.core.traits import Trait, provider_only
from pulumi_daytona.core.unknown import UNKNOWN


def _keep_unknown(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    return value if value is UNKNOWN else handler(value)


maybe_unknown = WrapValidator(_keep_unknown)
"""Let an item of a list or map be unknown."""

Text = Annotated[str, maybe_unknown]
"""A text, or unknown."""

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


def plain(value: Any) -> Any:
    """Return a value of a model or a record as the engine takes it: texts, numbers, lists and maps."""
    if isinstance(value, InputModel):
        return value.plain()
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="json")
        return {key: item for key, item in dumped.items() if item is not None}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value


class InputModel(BaseModel):
    """Validate a set of inputs in which any value may still be unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _unknown_passes(cls, value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        return _keep_unknown(value, handler)

    @classmethod
    @cache
    def traits(cls) -> Mapping[str, Trait]:
        """Return the trait of each input, by name."""
        return {
            name: next(mark for mark in info.metadata if isinstance(mark, Trait))
            for name, info in cls.model_fields.items()
        }

    def plain(self) -> dict[str, Any]:
        """Return the inputs that are set, as plain values."""
        values = {name: plain(getattr(self, name)) for name in type(self).model_fields}
        return {name: value for name, value in values.items() if value is not None}


def models_in(hint: Any) -> Iterator[type[InputModel]]:
    """Yield the models of nested inputs that a type has in it."""
    if isinstance(hint, type) and issubclass(hint, InputModel):
        yield hint
    for each in get_args(hint):
        yield from models_in(each)


class ResourceInputs(InputModel):
    """Say what a resource should be; each kind adds its own inputs."""

    owner: Annotated[Text | None, provider_only(internal=True)] = None


class OutputModel:
    """Declare what can be read of a resource: an annotation for each output; it has no instances."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the outputs, in order."""
        return tuple(inspect.get_annotations(cls))

    @classmethod
    def of(cls, record: object, **others: Any) -> dict[str, Any]:
        """Return the outputs as a record of the client has them.

        Args:
            record: The record; an output that it doesn't have is None.
            others: Outputs that the record has under another name, or doesn't tell.
        """
        found = {
            name: others[name] if name in others else getattr(record, name, None) for name in cls.names()
        }
        return {name: plain(value) for name, value in found.items()}
