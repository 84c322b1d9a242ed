"""Run the server's command again and again, each time in a process of its own, without importing it anew.

For each line that comes it forks once, runs ``python -m daytona_local`` with its own arguments there, and
says how that has ended.
"""

from __future__ import annotations

import json
import os
import runpy
import sys

import daytona_local.app
import daytona_local.server  # noqa: F401 - what takes most of the time that a start takes


def main() -> None:
    """Serve until the input ends."""
    for _line in sys.stdin:
        process = os.fork()
        if process == 0:
            runpy.run_module("daytona_local", run_name="__main__", alter_sys=True)
            return
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(json.dumps({"ended": code}), flush=True)


if __name__ == "__main__":
    main()
