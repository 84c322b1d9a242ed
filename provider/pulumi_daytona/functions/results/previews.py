# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``previews`` return."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class PreviewUrlResult:
    """Hold the link to a port, and the token that a private sandbox asks for.

    What may be a secret and doesn't show in ``repr``: token.
    """

    sandbox_id: str
    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SignedPreviewUrlResult:
    """Hold a link that works for a while without another token.

    What may be a secret and doesn't show in ``repr``: url, token.
    """

    sandbox_id: str
    port: int
    url: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SshAccessValidationResult:
    """Hold whether a token for SSH is valid, and for which sandbox."""

    valid: bool
    sandbox_id: str | None


@dataclass(frozen=True, kw_only=True)
class PreviewWarningResult:
    """Hold whether a warning is shown before a preview."""

    enabled: bool
