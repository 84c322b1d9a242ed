"""The command `daytona-local`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run the command.

    Args:
        args: Its arguments; those of this process by default.

    Raises:
        SystemExit: It has ended; the code is its exit status.
    """
    from daytona_local.cli.app import run  # whoever only imports this package is spared the rest

    sys.exit(run(args))
