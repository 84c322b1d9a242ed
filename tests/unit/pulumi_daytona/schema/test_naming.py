"""Names have one spelling on the wire, and one in Python."""

from __future__ import annotations

import pytest
from pulumi_daytona.schema.naming import camel, snake

SPELLINGS = [
    ("name", "name"),
    ("auto_stop_interval", "autoStopInterval"),
    ("sha256", "sha256"),
    ("get_sandbox", "getSandbox"),
]


@pytest.mark.parametrize(("python", "wire"), SPELLINGS)
def test_a_name_of_python_is_in_camel_case_on_the_wire(python: str, wire: str) -> None:
    assert wire == camel(python)


@pytest.mark.parametrize(("python", "wire"), SPELLINGS)
def test_a_name_of_the_wire_is_in_snake_case_in_python(python: str, wire: str) -> None:
    assert python == snake(wire)
