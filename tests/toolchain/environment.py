"""The environment that a Pulumi command needs here: engine, Python, and a private place for its state."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.toolchain.engine import Engine


def engine_environment(
    engine: Engine, folder: Path, *, python: Path | None = None, passphrase: str = "for tests only"
) -> dict[str, str]:
    """Return the whole environment for a Pulumi command that touches nothing of the user's own Pulumi.

    `folder` holds Pulumi's home and the stacks' state, and is made, for this user only. `python` runs the
    programs and the dynamic providers (default: this interpreter). What the caller's environment says about
    Pulumi or Daytona is left out; `passphrase` encrypts the secrets in the state.
    """
    interpreter = python or Path(sys.executable)
    home, state = folder / "home", folder / "state"
    for place in (folder, home, state):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("PULUMI_", "DAYTONA_"))
    }
    return {
        **inherited,
        "PATH": os.pathsep.join(
            [str(engine.bin), str(interpreter.parent), inherited.get("PATH", os.defpath)]
        ),
        "PULUMI_PYTHON_CMD": str(interpreter),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": state.resolve().as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": passphrase,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }
