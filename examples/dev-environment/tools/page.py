"""Write a page of the settings and the history of the clone: python3 page.py SETTINGS HISTORY."""

import html
import sys
from pathlib import Path

settings, history = (Path(name).read_text().splitlines() for name in sys.argv[1:])
greeting = dict(line.split("=", 1) for line in settings)["GREETING"]

print(f"<h1>{html.escape(greeting)}</h1>")
for subject in history:
    print(f"<li>{html.escape(subject)}</li>")
