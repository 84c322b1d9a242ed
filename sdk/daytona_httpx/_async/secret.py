"""Secrets: values that sandboxes use and never see."""

from __future__ import annotations

from urllib.parse import quote

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.errors import DaytonaNotFoundError, DaytonaValidationError, prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.secret import ListSecretsResponse, Secret
from daytona_httpx.secret_params import CreateSecretParams, UpdateSecretParams, secret_body


class AsyncSecretService:
    """Make, find, change and delete the organization's secrets.

    Example:
        >>> secret = await daytona.secret.create(CreateSecretParams(name="DOCS_TOKEN", value="s3cret"))
        >>> await daytona.secret.delete(secret.id)
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self,
        cursor: str | None = None,
        limit: int | None = None,
        name: str | None = None,
        sort: str | None = None,
        order: str | None = None,
    ) -> ListSecretsResponse:
        """Return one page of secrets (list secrets paginated).

        Args:
            cursor: ``next_cursor`` of the page before; the first page when left out.
            limit: How many on a page, 1 to 200; the server's default of 100 when left out.
            name: Only those with this in their name.
            sort: By ``name``, ``createdAt`` or ``updatedAt``; by default ``createdAt``.
            order: ``asc`` or ``desc``; by default ``desc``.

        Raises:
            DaytonaValidationError: The limit is below 1; nothing was sent.
        """
        with prefixed("Failed to list secrets: "):
            if limit is not None and limit < 1:
                raise DaytonaValidationError("limit must be at least 1")
            given = {"cursor": cursor, "limit": limit, "name": name, "sort": sort, "order": order}
            params = {key: value for key, value in given.items() if value is not None}
            answer = await self._transport.api("GET", "/secret/paginated", params=params)
            return parse(ListSecretsResponse, answer)

    async def get(self, secret_id: str) -> Secret:
        """Return a secret, without its value (get secret).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to get secret: "):
            return parse(Secret, await self._transport.api("GET", _path(secret_id)))

    async def create(self, params: CreateSecretParams) -> Secret:
        """Make a secret (create secret).

        Raises:
            DaytonaConflictError: There is one of this name.
        """
        with prefixed("Failed to create secret: "):
            return parse(Secret, await self._transport.api("POST", "/secret", json=secret_body(params)))

    async def update(self, secret_id: str, params: UpdateSecretParams) -> Secret:
        """Change a secret; what is left out stays (update secret).

        Raises:
            DaytonaNotFoundError: There is none.
            DaytonaValidationError: Nothing is to be changed; nothing was sent.
        """
        with prefixed("Failed to update secret: "):
            answer = await self._transport.api("PATCH", _path(secret_id), json=secret_body(params))
            return parse(Secret, answer)

    async def delete(self, secret_id: str) -> None:
        """Delete a secret (delete secret).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to delete secret: "):
            try:
                await self._transport.api("DELETE", _path(secret_id))
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise


def _path(secret_id: str) -> str:
    if not secret_id:
        raise DaytonaValidationError("secret_id must not be empty")
    return f"/secret/{quote(secret_id, safe='')}"
