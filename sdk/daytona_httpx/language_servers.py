"""What callers hand over to use language servers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from daytona_httpx.errors import DaytonaValidationError


class LspLanguageId(StrEnum):
    """Name the languages that there are language servers for.

    Example:
        >>> server = sandbox.create_lsp_server(LspLanguageId.PYTHON, "/home/daytona/project")
    """

    PYTHON = "python"
    TYPESCRIPT = "typescript"
    JAVASCRIPT = "javascript"


@dataclass
class LspCompletionPosition:
    """Say where in a file: line and character, both counted from 0.

    Example:
        >>> server = sandbox.create_lsp_server("python", "/home/daytona/project")
        >>> server.start()
        >>> server.did_open("/home/daytona/project/main.py")
        >>> position = LspCompletionPosition(line=0, character=6)
        >>> [item.label for item in server.completions("/home/daytona/project/main.py", position).items]
        ['word']
    """

    line: int
    character: int


def language_of(language_id: LspLanguageId | str) -> LspLanguageId:
    """Return a language by its name.

    Raises:
        DaytonaValidationError: There is no language server for it.
    """
    try:
        return LspLanguageId(language_id)
    except ValueError as error:
        raise DaytonaValidationError(
            f"language_id must be python, typescript or javascript, not {language_id!r}"
        ) from error
