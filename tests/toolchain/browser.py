"""Put in place the browser that the dashboard is tested in: `python tests/toolchain/browser.py`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

if not __package__:  # started as a script: the imports below are relative to the project's root
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.toolchain import debian

CHROMIUM = "chromium"
WITHOUT = "the dashboard isn't tested in a browser"


def find_browser() -> Path | None:
    """Return Chromium's executable, or None where it isn't installed."""
    found = shutil.which(CHROMIUM)
    return Path(found) if found else None


def main() -> int:
    """Install Chromium where it is missing and that can be done without asking; else say what that means."""
    why = "to test the dashboard in it (about 100 MB, a minute)"
    debian.ensure({CHROMIUM: "chromium"}, {CHROMIUM: WITHOUT}, why)
    return 0


if __name__ == "__main__":
    sys.exit(main())
