"""The wire models of the toolbox: what language servers answer; lines and characters count from 0."""

from __future__ import annotations

from typing import Any

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class LspPosition(WireModel):
    """Hold a place in a file."""

    line: int
    character: int


class LspRange(WireModel):
    """Hold a part of a file; its end is the first place after it."""

    start: LspPosition
    end: LspPosition


class LspLocation(WireModel):
    """Hold a file and a part of it."""

    uri: str
    range: LspRange


class LspSymbol(WireModel):
    """Hold a function, class, variable or the like; the kind is LSP's number for that.

    Example:
        >>> server = sandbox.create_lsp_server("python", "/home/daytona/project")
        >>> server.start()
        >>> server.did_open("/home/daytona/project/main.py")
        >>> symbol = server.document_symbols("/home/daytona/project/main.py")[0]
        >>> symbol.name, symbol.location.range.start.line
        ('outer', 0)
    """

    name: str
    kind: int
    location: LspLocation


class CompletionItem(WireModel):
    """Hold one way to complete a text.

    Attributes:
        label: What it is called.
        kind: LSP's number for what it is.
        detail: More about it, such as its type.
        documentation: Its documentation, a text or LSP's object.
        sort_text: What it is sorted by; the label when there is none.
        filter_text: What it is found by; the label when there is none.
        insert_text: The text to put in; the label when there is none.

    Example:
        >>> server = sandbox.create_lsp_server("python", "/home/daytona/project")
        >>> server.start()
        >>> server.did_open("/home/daytona/project/main.py")
        >>> place = LspCompletionPosition(0, 6)
        >>> item = server.completions("/home/daytona/project/main.py", place).items[0]
        >>> item.label, item.insert_text or item.label
        ('word', 'word')
    """

    label: str
    kind: int | None = None
    detail: str | None = None
    documentation: Any = None
    sort_text: str | None = None
    filter_text: str | None = None
    insert_text: str | None = None


class CompletionList(WireModel):
    """Hold the ways to complete a text, and whether there are more once there is more of it.

    Example:
        >>> server = sandbox.create_lsp_server("python", "/home/daytona/project")
        >>> server.start()
        >>> server.did_open("/home/daytona/project/main.py")
        >>> place = LspCompletionPosition(0, 6)
        >>> server.completions("/home/daytona/project/main.py", place).is_incomplete
        True
    """

    is_incomplete: bool = False
    items: Listed[CompletionItem]
