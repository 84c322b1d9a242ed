"""The command `pulumi-daytona`: sweep, doctor, import, migrate, graph."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command.

    Raises:
        SystemExit: It has ended.
    """
    from pulumi_daytona.cli.running import run  # whoever only imports this package is spared the rest

    sys.exit(run())
