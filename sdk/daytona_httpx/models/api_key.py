"""The wire models of API keys."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class ApiKeyResponse(WireModel):
    """Hold a new API key; its value is never shown again.

    Example:
        >>> ApiKeyResponse(name="ci", value="dtn_s3cret", permissions=["write:sandboxes"])
        ApiKeyResponse(name='ci', permissions=['write:sandboxes'], created_at=None, expires_at=None)
    """

    name: str
    value: str = Field(repr=False)
    permissions: list[str] = Field(default_factory=list)
    created_at: str | None = None
    expires_at: str | None = None


class ApiKeyList(WireModel):
    """Hold what is known of an API key; of its value only the ends.

    Example:
        >>> current = daytona.api_keys.get_current()
        >>> "write:sandboxes" in current.permissions
        True
    """

    name: str
    value: str = Field(default="", repr=False)
    permissions: list[str] = Field(default_factory=list)
    user_id: str = ""
    organization_id: str | None = None
    created_at: str | None = None
    last_used_at: str | None = None
    expires_at: str | None = None
