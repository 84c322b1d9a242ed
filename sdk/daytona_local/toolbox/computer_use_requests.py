"""What clients send to the computer use operations."""

# ruff: noqa: N815 - the API's names

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request

from daytona_local.errors import InvalidError

ModelT = TypeVar("ModelT", bound=BaseModel)


class PointRequest(BaseModel):
    """Name a place."""

    x: int = 0
    y: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Return the place."""
        return self.x, self.y


class ButtonRequest(BaseModel):
    """Name a button, and a place where it isn't the one where the mouse is."""

    x: int | None = None
    y: int | None = None
    button: str | None = None

    @property
    def place(self) -> tuple[int, int] | None:
        """Return the place.

        Raises:
            InvalidError: There is a half of one.
        """
        if self.x is None and self.y is None:
            return None
        if self.x is None or self.y is None:
            raise InvalidError("a place needs both x and y; pass both, or none")
        return self.x, self.y


class ClickRequest(PointRequest):
    """Say how to click; the number of clicks goes over a double click."""

    button: str | None = None
    double: bool | None = None
    clicks: int | None = None
    modifiers: list[str] | None = None

    @property
    def times(self) -> int:
        """Return how often."""
        return self.clicks if self.clicks is not None else 2 if self.double else 1


class DragRequest(BaseModel):
    """Say from where to where to drag."""

    startX: int = 0
    startY: int = 0
    endX: int = 0
    endY: int = 0
    button: str | None = None
    modifiers: list[str] | None = None


class ScrollRequest(PointRequest):
    """Say which way to scroll."""

    direction: str
    amount: int | None = None
    modifiers: list[str] | None = None


class TypeRequest(BaseModel):
    """Hold a text to type, and the pause between characters in milliseconds."""

    text: str = Field(default="", repr=False)
    delay: int | None = None


class PressRequest(BaseModel):
    """Name a key, and modifiers to hold meanwhile."""

    key: str
    modifiers: list[str] | None = None


class HotkeyRequest(BaseModel):
    """Name keys to press at once."""

    keys: str


class RecordingRequest(BaseModel):
    """Say how a film's file shall be called."""

    label: str | None = None


class RecordingStopRequest(BaseModel):
    """Name a film."""

    id: str


class PictureQuery(BaseModel):
    """Say how a picture shall be."""

    showCursor: bool = False
    format: str = "png"
    quality: int = 85
    scale: float = 1.0


class RegionQuery(BaseModel):
    """Name a part of the display."""

    x: int
    y: int
    width: int
    height: int


def parameters(request: Request, model: type[ModelT]) -> ModelT:
    """Return what the query says.

    Raises:
        InvalidError: Something is missing, or none of its kind.
    """
    try:
        return model.model_validate(dict(request.query_params))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise InvalidError(f"the query is not valid: {place}: {fault['msg']}; correct it") from None
