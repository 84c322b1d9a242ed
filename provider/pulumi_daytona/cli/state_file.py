"""Read a file that `pulumi stack export` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_daytona.core.errors import ProviderError


def exported(stack: str | None, file: Path) -> Any:
    """Return the state in a file, as JSON is read.

    Args:
        stack: The stack's name, for the message of an error; None when only the file tells.
        file: The file.

    Raises:
        ProviderError: It can't be read, or is no JSON.
    """
    action = f'read the state of stack "{stack}"' if stack else f"read the state in {file}"
    try:
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ProviderError(f"{action}: {file} can't be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise ProviderError(f"{action}: {file} is not what `pulumi stack export` writes") from None
