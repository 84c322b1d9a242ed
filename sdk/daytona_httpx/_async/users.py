"""Users: who they are, and with which accounts they sign in."""

from __future__ import annotations

import builtins

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.user import AccountProvider, PendingSsoLink, User


class AsyncUsers(AsyncGroup):
    """Look up the user and their accounts; every operation needs that user's token (JWT)."""

    async def get_me(self) -> User:
        """Return the user (get authenticated user)."""
        return await self._one(User, "get user", "GET", ("users", "me"))

    async def list_account_providers(self) -> builtins.list[AccountProvider]:
        """Return the services whose accounts can be linked (get available account providers)."""
        return await self._many(AccountProvider, "list account providers", ("users", "account-providers"))

    async def link_account(self, provider: str, user_id: str) -> None:
        """Link an account of another service (link account).

        Args:
            provider: The service's name.
            user_id: The user's id there.
        """
        body = {"provider": provider, "userId": user_id}
        await self._nothing("link account", "POST", ("users", "linked-accounts"), json=body)

    async def unlink_account(self, provider: str, user_id: str) -> None:
        """Unlink an account (unlink account); gone from newer servers."""
        await self._delete("unlink account", ("users", "linked-accounts", provider, user_id))

    async def enroll_in_sms_mfa(self) -> str:
        """Return the address to enroll a phone at (enroll in sms mfa); gone from newer servers."""
        return await self._value(str, "enroll in SMS MFA", "POST", ("users", "mfa", "sms", "enroll"))

    async def list_pending_sso_links(self) -> builtins.list[PendingSsoLink]:
        """Return the identity providers that wait for the user's word (list pending sso links)."""
        return await self._many(PendingSsoLink, "list pending links", ("users", "me", "pending-sso-links"))

    async def confirm_pending_sso_link(self, link_id: str) -> None:
        """Link an identity provider (confirm pending sso link)."""
        path = ("users", "me", "pending-sso-links", link_id, "confirm")
        await self._nothing("confirm pending link", "POST", path)

    async def dismiss_pending_sso_link(self, link_id: str) -> None:
        """Refuse an identity provider (dismiss pending sso link)."""
        await self._delete("dismiss pending link", ("users", "me", "pending-sso-links", link_id))
