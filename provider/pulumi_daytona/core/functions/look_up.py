"""What a look-up is: its arguments, the call, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from daytona_httpx import AsyncDaytona

Result = TypeVar("Result")
Given = dict[str, Any]
"""The arguments of a call, by name; what is left out is not in it."""

REQUIRED: Any = ...


@dataclass(frozen=True)
class Argument:
    """Describe an argument.

    Args:
        name: Its name, the client's where it is handed on.
        type: What it takes: a type, also a list or map of such, an alternative, or one with limits.
        doc: What it is, with units.
        default: What it is when left out; ``REQUIRED`` when it can't be, None where the API decides.
        secret: Whether no error may show it.
    """

    name: str
    type: Any
    doc: str
    default: Any = REQUIRED
    secret: bool = False

    @property
    def required(self) -> bool:
        """Tell whether it must be given."""
        return self.default is REQUIRED


@dataclass(frozen=True)
class LookUp(Generic[Result]):
    """Bring together all that makes a look-up.

    Args:
        name: What programs call it: ``get_`` or ``list_``, and what of.
        doc: What it returns, in one sentence; more sentences may say what a user has to know.
        operation: The id of the API's operation, for example ``getRegionById``.
        result: What comes back: a model of the client, a list of such, or a bare value.
        call: Asks the client, with the arguments.
        arguments: The arguments, the required ones first.
        needs: The key or token that it takes, where not any key will do.
        secret: Whether a bare value that comes back is a secret; models know which of their fields are.
    """

    name: str
    doc: str
    operation: str
    result: type[Result]
    call: Callable[[AsyncDaytona, Given], Awaitable[Result]]
    arguments: tuple[Argument, ...] = ()
    needs: str = ""
    secret: bool = False

    @property
    def operation_words(self) -> str:
        """Return the operation as the documentation names it, for example ``get region by id``."""
        return re.sub(r"(?<!^)(?=[A-Z])", " ", self.operation.rpartition("_")[2]).lower()
