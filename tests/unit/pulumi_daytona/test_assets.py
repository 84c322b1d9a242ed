"""Pulumi's assets and archives become plain values in the program, with nothing read yet."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from pulumi_daytona.assets import plain_source


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("a/path", "a/path"),
        (None, None),
        (pulumi.StringAsset("text"), {"text": "text"}),
        (pulumi.FileAsset("missing.txt"), {"path": "missing.txt"}),
        (pulumi.FileArchive("missing"), {"archive": "missing"}),
        (pulumi.RemoteAsset("https://example.com/x"), {"uri": "https://example.com/x"}),
        (pulumi.RemoteArchive("https://example.com/x.zip"), {"uri": "https://example.com/x.zip"}),
        (
            pulumi.AssetArchive({"a": pulumi.StringAsset("t"), "b": pulumi.FileArchive("f")}),
            {"assets": {"a": {"text": "t"}, "b": {"archive": "f"}}},
        ),
    ],
)
def test_each_kind_has_a_plain_form(given: Any, plain: Any) -> None:
    assert plain == plain_source(given)
