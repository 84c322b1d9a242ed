"""API keys: what programs show instead of a password."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.api_key import ApiKeyList, ApiKeyResponse
from daytona_httpx.wire import Moment, given


class AsyncApiKeys(AsyncGroup):
    """Make, find and delete the user's API keys.

    "Needs a user's token" means a JWT: a key makes no keys, the API answers it with 401.
    """

    async def list(self) -> builtins.list[ApiKeyList]:
        """Return the user's keys, without their values (list api keys); needs a user's token."""
        return await self._many(ApiKeyList, "list API keys", ("api-keys",))

    async def get(self, name: str) -> ApiKeyList:
        """Return what is known of a key (get api key); needs a user's token.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        return await self._one(ApiKeyList, "get API key", "GET", ("api-keys", name))

    async def get_current(self) -> ApiKeyList:
        """Return what is known of the key that this client uses (get current api key); needs a key."""
        return await self._one(ApiKeyList, "get current API key", "GET", ("api-keys", "current"))

    async def create(
        self, name: str, permissions: Sequence[str], expires_at: Moment | None = None
    ) -> ApiKeyResponse:
        """Make a key; its value is only in this answer (create api key); needs a user's token.

        Args:
            name: Its name, of which the user has no other.
            permissions: What it may do, such as ``write:sandboxes``; none is allowed.
            expires_at: When it ends; never when left out.

        Raises:
            DaytonaConflictError: There is one of this name.
        """
        body = given(name=name, permissions=[*permissions], expires_at=expires_at)
        return await self._one(ApiKeyResponse, "create API key", "POST", ("api-keys",), json=body)

    async def delete(self, name: str) -> None:
        """Delete a key of the user's (delete api key); needs a user's token.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        await self._delete("delete API key", ("api-keys", name))

    async def delete_for_user(self, user_id: str, name: str) -> None:
        """Delete a key of another member's (delete api key for user); needs a user's token."""
        await self._delete("delete API key of user", ("api-keys", user_id, name))
