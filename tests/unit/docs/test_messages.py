"""The messages that the guide to troubleshooting explains are what the source says, or the system."""

from __future__ import annotations

import errno
import os
import re

import pytest

from tests.unit.docs.literals import is_said
from tests.unit.docs.pages import ROOT

SOURCES = [ROOT / name for name in ("provider/pulumi_daytona", "sdk/daytona_httpx", "sdk/daytona_local")]
SYSTEM = {os.strerror(number) for number in errno.errorcode}
GUIDE = ROOT / "provider/docs/guides/troubleshooting.md"
CODE = re.compile(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)")
FIRST_CELLS = [line.split(" | ")[0] for line in GUIDE.read_text().splitlines() if line.startswith("| ")]
MESSAGES = [words for cell in FIRST_CELLS for _, words in CODE.findall(cell)]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_the_guide_is_one_of_ours(message: str) -> None:
    assert message in SYSTEM or is_said(message, *SOURCES)


def test_a_message_that_nobody_says_would_be_seen() -> None:
    assert not is_said("the name is taken; give up", *SOURCES)
