"""Start a server, and a program that uses it: `python served.py PYTHON ARGUMENTS...`.

It is a process of its own, so that several programs run at once, each with a server that nobody else uses.
"""

from __future__ import annotations

import os
import subprocess
import sys

from daytona_local import LocalDaytona

if __name__ == "__main__":
    with LocalDaytona(substitute_images=True, control=True) as server:
        environment = {**os.environ, "DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
