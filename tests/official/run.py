"""Run cases with a package, in any environment that has it: `python run.py cases daytona files,git`.

With `cases,sync_cases` both run in one interpreter, one after the other: an older package takes ten seconds
to import. What there is of the sync cases is in the folder that PYTHONPATH names.
"""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    for cases in sys.argv[1].split(","):
        importlib.import_module(f"{cases}.program").run(sys.argv[2], sys.argv[3].split(","))
