"""Lists in wire models: the toolbox sends null for an empty one now and then."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BeforeValidator

Item = TypeVar("Item")

Listed = Annotated[list[Item], BeforeValidator(lambda value: [] if value is None else value)]
