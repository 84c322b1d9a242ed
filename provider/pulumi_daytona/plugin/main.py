"""The command ``pulumi-resource-daytona``, which the engine starts."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s-]\S*:\d+|\[.+\]:\d+")
_USAGE: Final = (
    "pulumi-resource-daytona is the plugin of Pulumi for Daytona: the engine starts it, with its address.\n"
    "With no address it waits for an engine that attaches (PULUMI_DEBUG_PROVIDERS=daytona:<port>)."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the engine until it is done; return the exit status.

    Args:
        arguments: The command's arguments; what the engine adds beside its address is for others.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if {"-h", "--help"} & {*given}:
        print(_USAGE)
        return 0
    if "--version" in given:
        from importlib.metadata import version

        print(version("pulumi-daytona"))
        return 0
    from pulumi_daytona.plugin.serving import serve

    asyncio.run(serve(next((each for each in given if _ADDRESS.fullmatch(each)), None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
