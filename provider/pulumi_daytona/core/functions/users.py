"""Look up the user: who they are, their API keys, and what waits for their word."""

from __future__ import annotations

from daytona_httpx import OrganizationInvitation, User
from daytona_httpx.models.api_key import ApiKeyList
from daytona_httpx.models.user import AccountProvider, PendingSsoLink

from pulumi_daytona.core.functions.arguments import USER
from pulumi_daytona.core.functions.look_up import Argument, LookUp

LOOK_UPS = (
    LookUp(
        "get_current_user",
        "Return the user.",
        "getAuthenticatedUser",
        User,
        lambda client, _: client.users.get_me(),
        needs=USER,
    ),
    LookUp(
        "get_current_api_key",
        "Return what is known of the configured API key.",
        "getCurrentApiKey",
        ApiKeyList,
        lambda client, _: client.api_keys.get_current(),
        needs="a key, not a token",
    ),
    LookUp(
        "get_api_key",
        "Return what is known of an API key; of its value only the ends.",
        "getApiKey",
        ApiKeyList,
        lambda client, given: client.api_keys.get(**given),
        (Argument("name", str, "The key's name."),),
        needs=USER,
    ),
    LookUp(
        "list_api_keys",
        "Return the user's API keys; of their values only the ends.",
        "listApiKeys",
        list[ApiKeyList],
        lambda client, _: client.api_keys.list(),
        needs=USER,
    ),
    LookUp(
        "list_my_invitations",
        "Return the invitations that the user has not answered.",
        "listOrganizationInvitationsForAuthenticatedUser",
        list[OrganizationInvitation],
        lambda client, _: client.invitations.list_mine(),
        needs=USER,
    ),
    LookUp(
        "get_my_invitation_count",
        "Return how many invitations the user has not answered.",
        "getOrganizationInvitationsCountForAuthenticatedUser",
        int,
        lambda client, _: client.invitations.count_mine(),
        needs=USER,
    ),
    LookUp(
        "list_account_providers",
        "Return the services whose accounts the user can link.",
        "getAvailableAccountProviders",
        list[AccountProvider],
        lambda client, _: client.users.list_account_providers(),
        needs=USER,
    ),
    LookUp(
        "list_pending_sso_links",
        "Return the identity providers that wait for the user's word.",
        "listPendingSsoLinks",
        list[PendingSsoLink],
        lambda client, _: client.users.list_pending_sso_links(),
        needs=USER,
    ),
)
