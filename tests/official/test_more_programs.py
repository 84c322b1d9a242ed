"""Programs of the official client that are no cases: they say themselves whether all is right."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.official.environment import HERE, NEW, python_of

pytestmark = pytest.mark.official


def said_by(program: str) -> str:
    """Run a program with the official client and a server of its own, and return what it says."""
    command = [sys.executable, str(HERE / "served.py"), str(python_of(NEW)), str(HERE / program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_official_client_sends_a_large_context_in_parts() -> None:
    assert "True" == said_by("large_context.py")


def test_the_official_client_of_the_analytics_api_is_told_what_was_used() -> None:
    periods = [(1, 1, 3, False), (0, 0, 3, True)]
    expected = [periods, (1, 0, [True]), [(1, 3), (0, 3)], []]
    assert str(expected) == said_by("told_usage.py")
