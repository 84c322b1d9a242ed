"""Complete what is typed from what the backend has."""

from __future__ import annotations


def stack_names(incomplete: str) -> list[str]:
    """Return the stacks of the folder's project that begin as what was typed; none where nobody can tell."""
    from pulumi_daytona.cli.engine import find_engine
    from pulumi_daytona.core.errors import ProviderError

    engine = find_engine()
    try:
        names = engine.names_here() if engine else []
    except ProviderError:
        return []  # nothing can be said while somebody types
    return [name for name in names if name.startswith(incomplete)]
