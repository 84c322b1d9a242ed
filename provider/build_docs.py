"""Lay the documentation out as mkdocs wants it, each page where it is in the project; `make docs` runs it.

So the links that work on a page of the repository work on the site too.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "provider" / "build" / "docs-source"
PATTERNS = (
    "*.md",
    "sdk/README.md",
    "sdk/daytona_local/*.md",
    "sdk/daytona_httpx/errors/__init__.py",
    "provider/pulumi_daytona/schema/schema.json",
    "provider/README.md",
    "provider/support.toml",
    "provider/docs/**/*",
    "examples/**/*",
)
UNWANTED = {"node_modules", "__pycache__"}
CLIENT = ("daytona_httpx",)
SERVICES = """
    filesystem git process object_storage volume snapshot secret warm_pool organizations members roles
    invitations api_keys docker_registries regions runners webhooks audit jobs usage telemetry users
    system identity_providers otel_configs previews admin
"""
PROVIDER = ("pulumi_daytona.components", "pulumi_daytona.resources", "pulumi_daytona.functions")
API = {
    "daytona_httpx": ("What `daytona_httpx` exports.", CLIENT),
    "services": (
        "What a client and a sandbox have; the async client has the same, to be awaited.",
        [f"daytona_httpx._sync.{name}" for name in SERVICES.split()],
    ),
    "pulumi_daytona": ("What `pulumi_daytona` exports; `pulumi_daytona.native` has the same.", PROVIDER),
    "daytona_local": ("The local server in a program or a test.", ("daytona_local",)),
}
"""The pages of the API, each with what it says first and what it takes from docstrings."""


def lay_out(target: Path) -> None:
    """Copy every page and what it links to into a folder, and write the pages of the API."""
    shutil.rmtree(target, ignore_errors=True)
    for file in {file for pattern in PATTERNS for file in ROOT.glob(pattern)}:
        if file.is_dir() or UNWANTED & {*file.parts}:
            continue
        place = target / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    (target / "api").mkdir()
    for name, (words, modules) in API.items():
        parts = [f"# {name}", words, *(f"::: {module}" for module in modules)]
        (target / "api" / f"{name}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    lay_out(TARGET)
