"""The command `pulumi-daytona`: sweep, doctor, import, migrate, graph."""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    from pulumi_daytona.cli.app import app  # whoever only imports this package is spared the rest

    app(prog_name="pulumi-daytona")
