"""What callers hand over to make and change secrets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from daytona_httpx.errors import DaytonaValidationError


class CreateSecretParams(BaseModel):
    """Say what a secret should be.

    Attributes:
        name: A letter or ``_``, then letters, digits, ``_`` and ``-``; one of a kind in the organization.
        value: The secret itself; it never comes back.
        description: What it is for.
        hosts: Where it may be sent to: names, or ``*.`` and a name; anywhere when left out.

    Example:
        >>> params = CreateSecretParams(name="API_TOKEN", value="s3cret", hosts=["api.example.com"])
        >>> secret = daytona.secret.create(params)
        >>> params
        CreateSecretParams(name='API_TOKEN', description=None, hosts=['api.example.com'])
        >>> daytona.secret.delete(secret.id)
    """

    model_config = ConfigDict(defer_build=True, extra="forbid")

    name: str
    value: str = Field(repr=False)
    description: str | None = None
    hosts: list[str] | None = None


class UpdateSecretParams(BaseModel):
    """Say what to change of a secret; what is left out stays.

    Example:
        >>> secret = daytona.secret.create(CreateSecretParams(name="ROTATED", value="old"))
        >>> daytona.secret.update(secret.id, UpdateSecretParams(value="new", description="d")).description
        'd'
        >>> daytona.secret.delete(secret.id)
    """

    model_config = ConfigDict(defer_build=True, extra="forbid")

    value: str | None = Field(default=None, repr=False)
    description: str | None = None
    hosts: list[str] | None = None


def secret_body(params: CreateSecretParams | UpdateSecretParams) -> dict[str, Any]:
    """Return the body of the request.

    Raises:
        DaytonaValidationError: Nothing is to be changed.
    """
    body = params.model_dump(exclude_none=True)
    if not body:
        raise DaytonaValidationError("give at least one of value, description and hosts")
    return body
