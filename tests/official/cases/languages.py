"""Language servers in a sandbox."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .outcome import fields, refused
from .use import Use


def small_language_server() -> bytes:
    """Return a program that speaks the protocol, and knows one word."""
    return Path(os.environ["CASES_LANGUAGE_SERVER"]).read_bytes()


async def language_server(use: Use) -> Any:
    """Ask for the symbols and completions of a file; the language server itself is a small one."""
    await use.sandbox.fs.upload_file(small_language_server(), ".local/bin/pylsp")
    await use.sandbox.fs.set_file_permissions(".local/bin/pylsp", mode="755")
    folder = await use.sandbox.get_work_dir() + "/project"
    await use.sandbox.fs.upload_file(b"class outer: ...\n", "project/main.py")
    server = use.sandbox.create_lsp_server(use.sdk.LspLanguageId.PYTHON, folder)
    await server.start()
    await server.did_open(f"{folder}/main.py")
    symbols = await server.document_symbols(f"{folder}/main.py")
    found = await server.sandbox_symbols("thing")
    position = use.sdk.LspCompletionPosition(line=0, character=3)
    completions = await server.completions(f"{folder}/main.py", position)
    await server.did_close(f"{folder}/main.py")
    await server.stop()
    return [
        [fields(symbol, "name kind") for symbol in (*symbols, *found)],
        [fields(item, "label kind") for item in completions.items],
        fields(completions, "is_incomplete"),
        await refused(server.document_symbols, f"{folder}/main.py"),
    ]


async def server_that_was_not_started(use: Use) -> Any:
    """What was not started can't be asked."""
    server = use.sandbox.create_lsp_server("python", "elsewhere")
    return await refused(server.document_symbols, "/elsewhere/main.py")


CASES = [language_server, server_that_was_not_started]
