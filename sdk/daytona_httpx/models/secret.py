"""The wire models of secrets; the value of a secret never comes back."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class Secret(WireModel):
    """Hold a secret as the API sends it.

    Attributes:
        placeholder: What a sandbox sees in its place; the value is put in on the way out of it.
        hosts: Where the value may be sent to; none means anywhere.

    Example:
        >>> secret = daytona.secret.create(CreateSecretParams(name="A_SECRET", value="s3cret"))
        >>> secret.name, "s3cret" in repr(secret)
        ('A_SECRET', False)
        >>> daytona.secret.delete(secret.id)
    """

    id: str
    name: str
    description: str | None = None
    placeholder: str = ""
    hosts: list[str] = Field(default_factory=list)
    created_at: str | None = None
    updated_at: str | None = None


class ListSecretsResponse(WireModel):
    """Hold one page of secrets; without a cursor it is the last.

    Example:
        >>> page = daytona.secret.list(limit=10)
        >>> len(page.items) == page.total, page.next_cursor
        (True, None)
    """

    items: list[Secret]
    total: int = 0
    next_cursor: str | None = None
