"""How a drawn stack looks: its style sheet, the words for the kinds, and how much of a text fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import Final

WORDS: Final = {
    "AdminOrganizationRegionQuota": "region quota",
    "AdminRunner": "runner",
    "ApiKey": "API key",
    "DockerRegistry": "registry",
    "GitRepository": "repository",
    "IdentityProvider": "identity provider",
    "Organization": "organization",
    "OrganizationInvitation": "invitation",
    "OrganizationMember": "member",
    "OrganizationOtelConfig": "telemetry",
    "OrganizationQuota": "quota",
    "OrganizationRole": "role",
    "PreviewUrl": "preview",
    "Region": "region",
    "Runner": "runner",
    "Sandbox": "sandbox",
    "SandboxCommand": "command",
    "SandboxFile": "file",
    "SandboxFolder": "folder",
    "SandboxSession": "session",
    "SandboxSnapshot": "snapshot",
    "Secret": "secret",
    "Snapshot": "snapshot",
    "SshAccess": "SSH access",
    "Volume": "volume",
    "WarmPool": "warm pool",
}
"""What a kind is called in the picture."""

STYLE: Final = """
text { font: 11px system-ui, "DejaVu Sans", sans-serif; }
.name { font-size: 14px; font-weight: 600; }
.end { text-anchor: end; }
.paper { fill: #ffffff; }
.box { fill: #f6f8fa; stroke: #afb8c1; stroke-dasharray: 5 3; }
.card { fill: #ffffff; stroke: #8c959f; }
.foreign { stroke-dasharray: 2 3; }
.name, .part { fill: #1f2328; }
.quiet { fill: #57606a; }
.line { stroke: #d0d7de; }
.arrow { fill: none; stroke: #57606a; stroke-width: 1.3; }
.tip { fill: #57606a; }
.mark { fill: #6e7781; }
.Sandbox { fill: #0969da; }
.Snapshot, .WarmPool { fill: #8250df; }
.Volume { fill: #9a6700; }
.Secret { fill: #a40e26; }
.good { fill: #1a7f37; }
.bad { fill: #cf222e; }
.other { fill: #6e7781; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; }
  .box { fill: #151b23; stroke: #656c76; }
  .card { fill: #1f2630; stroke: #7d8590; }
  .name, .part { fill: #f0f6fc; }
  .quiet { fill: #a9b4c0; }
  .line { stroke: #3d444d; }
  .arrow { stroke: #a9b4c0; }
  .tip { fill: #a9b4c0; }
  .Sandbox { fill: #4493f8; }
  .Snapshot, .WarmPool { fill: #ab7df8; }
  .Volume { fill: #d29922; }
  .Secret, .bad { fill: #f85149; }
  .good { fill: #3fb950; }
}
"""

_GOOD: Final = {"started", "ready", "active"}
_BAD: Final = {"error", "build_failed", "destroyed"}
_MEAN_WIDTH: Final = 0.6
_WIDE: Final = 1.05
"""Of a letter, in parts of the font's size; no font is at hand to measure with, so they are generous."""


def state_class(state: str) -> str:
    """Return the class of the dot before a state; the state itself is written beside it."""
    return "good" if state in _GOOD else "bad" if state in _BAD else "other"


def fitted(text: str, room: float, size: float) -> str:
    """Return as much of a text as fits.

    Args:
        text: The text.
        room: Pixels.
        size: The font's size in pixels.
    """
    widths = accumulate(width_of(letter, size) for letter in text)
    count = sum(1 for width in takewhile(lambda width: width <= room, widths))
    return text if count == len(text) else f"{text[: max(1, count - 1)].rstrip()}…"


def fitting(texts: Iterable[str], room: float, size: float) -> str:
    """Return as many of several texts as fit in one line, from the first on."""
    rest = iter(texts)
    line = fitted(next(rest, ""), room, size)
    for text in rest:
        if width_of(f"{line} · {text}", size) > room:
            break
        line = f"{line} · {text}"
    return line


def width_of(text: str, size: float) -> float:
    """Return how many pixels a text takes up at most, in a font of a size in pixels."""
    return size * sum(
        _WIDE if unicodedata.east_asian_width(letter) in "WF" else _MEAN_WIDTH for letter in text
    )
