"""What programs import: all of it is there, and none of it costs what it doesn't use."""

from __future__ import annotations

import subprocess
import sys

import pulumi_daytona
import pytest
from pulumi_daytona.core.resources import RESOURCES


@pytest.mark.parametrize("name", pulumi_daytona.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert name == getattr(pulumi_daytona, name).__name__


def test_every_resource_is_public() -> None:
    assert set(RESOURCES) <= set(pulumi_daytona.__all__)


def test_an_unknown_name_is_an_error_of_the_package() -> None:
    with pytest.raises(AttributeError, match="'pulumi_daytona' has no attribute 'Sandbux'"):
        pulumi_daytona.Sandbux  # noqa: B018


def test_a_program_pays_neither_for_the_client_nor_for_the_models() -> None:
    program = (
        "import sys\n"
        "from pulumi_daytona import Sandbox, Volume\n"
        "print(sorted({'httpx', 'pydantic', 'pulumi_daytona.hosted'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
