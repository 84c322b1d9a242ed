"""The base of the wire models: camelCase names, unknown fields kept, unknown states no error."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from daytona_httpx.errors import DaytonaError


class WireModel(BaseModel):
    """Read what the API sends; what this version doesn't know is kept as an extra attribute."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        defer_build=True,
    )


Model = TypeVar("Model", bound=WireModel)


def parse(model: type[Model], answer: Any) -> Model:
    """Read an answer.

    Raises:
        DaytonaError: The answer lacks what every such answer has.
    """
    try:
        return model.model_validate(answer)
    except ValidationError as error:
        # The values stay out of the message: they may be secrets.
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise DaytonaError(f"the API answered an unexpected {model.__name__} ({faults})") from error


class OpenEnum(StrEnum):
    """Accept a value that the API added later: it becomes a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_, member._value_ = value.upper(), value
        return member
