# Generated from _async by `make generate`; do not edit.
"""Secrets: values that sandboxes use and never see."""

from __future__ import annotations

from urllib.parse import quote

from daytona_httpx._sync.transport import Transport
from daytona_httpx.errors import DaytonaNotFoundError, DaytonaValidationError, prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.secret import ListSecretsResponse, Secret
from daytona_httpx.secret_params import CreateSecretParams, UpdateSecretParams, secret_body


class SecretService:
    """Make, find, change and delete the organization's secrets.

    Example:
        >>> secret = daytona.secret.create(CreateSecretParams(name="DOCS_TOKEN", value="s3cret"))
        >>> daytona.secret.delete(secret.id)
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
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
            answer = self._transport.api("GET", "/secret/paginated", params=params)
            return parse(ListSecretsResponse, answer)

    def get(self, secret_id: str) -> Secret:
        """Return a secret, without its value (get secret).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to get secret: "):
            return parse(Secret, self._transport.api("GET", _path(secret_id)))

    def create(self, params: CreateSecretParams) -> Secret:
        """Make a secret (create secret).

        Raises:
            DaytonaConflictError: There is one of this name.
        """
        with prefixed("Failed to create secret: "):
            return parse(Secret, self._transport.api("POST", "/secret", json=secret_body(params)))

    def update(self, secret_id: str, params: UpdateSecretParams) -> Secret:
        """Change a secret; what is left out stays (update secret).

        Raises:
            DaytonaNotFoundError: There is none.
            DaytonaValidationError: Nothing is to be changed; nothing was sent.
        """
        with prefixed("Failed to update secret: "):
            answer = self._transport.api("PATCH", _path(secret_id), json=secret_body(params))
            return parse(Secret, answer)

    def delete(self, secret_id: str) -> None:
        """Delete a secret (delete secret).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to delete secret: "):
            try:
                self._transport.api("DELETE", _path(secret_id))
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise


def _path(secret_id: str) -> str:
    if not secret_id:
        raise DaytonaValidationError("secret_id must not be empty")
    return f"/secret/{quote(secret_id, safe='')}"
