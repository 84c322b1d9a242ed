"""Write what is supported, here and elsewhere, into README.md and a guide; `make generate` runs it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from document_words import change_words
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.resources import definition_of, module_of

HERE = Path(__file__).resolve().parent
FACTS = HERE / "support.toml"
README = HERE.parent / "README.md"
COVERAGE = HERE.parent / "sdk" / "daytona_local" / "COVERAGE.md"
GUIDE = HERE / "docs" / "guides" / "from-terraform.md"
_PLACE = re.compile(
    r"(?<=<!-- support: written by `make generate` -->\n).*?(?=<!-- support ends -->)", re.DOTALL
)

Facts = dict[str, Any]
Lines = Iterator[str]


def facts() -> Facts:
    """Return the facts, as support.toml has them."""
    return tomllib.loads(FACTS.read_text(encoding="utf-8"))


def with_table(page: Path, lines: Lines) -> str:
    """Return a page with a table in its place."""
    text, count = _PLACE.subn(lambda _: "\n" + "\n".join(lines) + "\n\n", page.read_text(encoding="utf-8"))
    assert count == 1, f"{page} has no place for its table"
    return text


def overview() -> Lines:
    """Yield the table of the README."""
    known = facts()
    terraform, sdk = known["terraform"], known["sdk"]
    yield f"| | here | {terraform['title']} {terraform['version']} | {sdk['title']} {sdk['version']} |"
    yield "|---|---|---|---|"
    for row in known["resource"]:
        names = ", ".join(f"[`{name}`](provider/docs/resources/{module_of(name)}.md)" for name in row["here"])
        yield _row(row["what"], names, _terraform(row), row["sdk"])
    count = sum(1 for _ in every_look_up())
    yield _row("look-ups", f"[{count}](provider/docs/look-ups.md)", f"{terraform['look_ups']}", "calls")
    yield _row("operations of the API that a server for this machine has", _coverage(), "-", "-")
    for row in known["behaviour"]:
        yield _row(row["what"], row["here"], row["terraform"], row["sdk"])


def _coverage() -> str:
    counts = re.findall(r"^## The (.+): (\d+ of \d+)$", COVERAGE.read_text(encoding="utf-8"), re.MULTILINE)
    place = COVERAGE.relative_to(HERE.parent)
    return f"[{', '.join(f'{name} {count}' for name, count in counts)}]({place})"


def _terraform(row: Facts) -> str:
    count = len({*row["terraform"].values()})
    share = {0: "no", len(row["here"]): "yes"}.get(count, f"{count} of {len(row['here'])}")
    note = row.get("terraform_note")
    return f"{share}; {note}" if note else share


def resources() -> Lines:
    """Yield the table of the guide: each Terraform resource, what it is here, and what replaces it."""
    yield "| Terraform | here | what replaces it |"
    yield "|---|---|---|"
    pairs = {theirs: ours for row in facts()["resource"] for theirs, ours in row["terraform"].items()}
    for theirs, ours in pairs.items():
        link = f"[`{ours}`](../resources/{module_of(ours)}.md)"
        yield _row(f"`{theirs}`", link, ", ".join(f"`{name}`" for name in _replacing(ours)) or "nothing")


def _replacing(name: str) -> Lines:
    for each, trait in definition_of(name).inputs.traits().items():
        if not trait.internal and change_words(trait).startswith("replaces"):
            yield each


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    README.write_text(with_table(README, overview()), encoding="utf-8")
    GUIDE.write_text(with_table(GUIDE, resources()), encoding="utf-8")
