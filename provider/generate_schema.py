"""Write pulumi_daytona/schema/schema.json from the core's definitions; `make generate` runs it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from example_languages import usages
from pulumi_daytona.schema.package import build

HERE = Path(__file__).resolve().parent
SCHEMA = HERE / "pulumi_daytona" / "schema" / "schema.json"


def generate(target: Path) -> None:
    """Write the schema into a file."""
    version = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = json.dumps(build(version, usages()), indent=2, ensure_ascii=False)
    target.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    generate(SCHEMA)
