"""Where the toolchain keeps things, and what the engine looks for by name."""

import os
from pathlib import Path

LANGUAGE_HOST = "pulumi-language-python"
PROGRAM_RUNNER = "pulumi-language-python-exec"
RESOURCE_HOST = "pulumi-resource-pulumi-python"


def engines_folder() -> Path:
    """Return the folder of the engines, below XDG_CACHE_HOME or ~/.cache."""
    return _cache() / "engine"


def sdks_folder() -> Path:
    """Return the folder of the generated SDKs and of what compiles them, beside the engines."""
    return _cache() / "sdks"


def _cache() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "pulumi-daytona"
