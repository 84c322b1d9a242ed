"""Put in place the programs that computer use is tested with: `python tests/toolchain/desktop.py`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

if not __package__:  # started as a script: the imports below are relative to the project's root
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.toolchain import debian

BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
BINDINGS = "/usr/lib/python3/dist-packages/gi/__init__.py"
PACKAGES: Mapping[str, str] = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "xev": "x11-utils",
    "import": "imagemagick",
    "scrot": "scrot",
    "ffmpeg": "ffmpeg",
    "yad": "yad",
    "dbus-daemon": "dbus",
    BUS_LAUNCHER: "at-spi2-core",
    BINDINGS: "python3-gi",
}
"""Debian's packages, by the program or file that each is for."""

WITHOUT: Mapping[str, str] = {
    program: f"computer use with {name} isn't tested" for program, name in PACKAGES.items()
}


def main() -> int:
    """Install what is missing where that can be done without asking; else say what that means."""
    debian.ensure(PACKAGES, WITHOUT, "to test computer use with them (about 200 MB, two minutes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
