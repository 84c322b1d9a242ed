"""The messages that the guide to troubleshooting explains, and what the README's demo prints, are ours."""

from __future__ import annotations

import re

import pytest

from tests.unit.docs.literals import could_say, is_said
from tests.unit.docs.pages import ROOT, blocks

SOURCES = [ROOT / name for name in ("provider/pulumi_daytona", "sdk/daytona_httpx", "sdk/daytona_local")]
GUIDE = ROOT / "provider/docs/guides/troubleshooting.md"
CODE = re.compile(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)")
FIRST_CELLS = [line.split(" | ")[0] for line in GUIDE.read_text().splitlines() if line.startswith("| ")]
MESSAGES = [words for cell in FIRST_CELLS for _, words in CODE.findall(cell)]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_the_guide_is_one_of_ours(message: str) -> None:
    assert is_said(message, *SOURCES)


def test_a_message_that_nobody_says_would_be_seen() -> None:
    assert not is_said("the name is taken; give up", *SOURCES)
    assert not could_say("6. pulumi up: and nothing happens", ROOT / "examples/quickstart/demo.py")


def test_the_output_of_the_demo_is_what_its_program_prints() -> None:
    [shown] = [block.text for block in blocks(ROOT / "README.md") if block.text.startswith("Pulumi ")]
    lines = [re.sub(r"^\d\. ", "", line) for line in shown.splitlines() if line]
    assert [] == [line for line in lines if not could_say(line, ROOT / "examples/quickstart/demo.py")]
