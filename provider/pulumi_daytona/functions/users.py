# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up the user: who they are, their API keys, and what waits for their word."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.members import OrganizationInvitationResult
from pulumi_daytona.functions.results.users import (
    AccountProviderResult,
    ApiKeyResult,
    PendingSsoLinkResult,
    UserResult,
)


def get_current_user() -> UserResult:
    """Return the user (get authenticated user).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_current_user_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(UserResult, "users.get_current_user", {})


def get_current_user_output() -> Output[UserResult]:
    """Look up what ``get_current_user`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(UserResult, "users.get_current_user", {})


def get_current_api_key() -> ApiKeyResult:
    """Return what is known of the configured API key (get current api key).

    It needs a key, not a token.

    What is secret in it comes in the clear: export what ``get_current_api_key_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiKeyResult, "users.get_current_api_key", {})


def get_current_api_key_output() -> Output[ApiKeyResult]:
    """Look up what ``get_current_api_key`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(ApiKeyResult, "users.get_current_api_key", {})


def get_api_key(name: str) -> ApiKeyResult:
    """Return what is known of an API key; of its value only the ends (get api key).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_api_key_output`` returns.

    Args:
        name: The key's name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiKeyResult, "users.get_api_key", {"name": name})


def get_api_key_output(name: Input[str]) -> Output[ApiKeyResult]:
    """Look up what ``get_api_key`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(ApiKeyResult, "users.get_api_key", {"name": name})


def list_api_keys() -> list[ApiKeyResult]:
    """Return the user's API keys; of their values only the ends (list api keys).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``list_api_keys_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[ApiKeyResult], "users.list_api_keys", {})


def list_api_keys_output() -> Output[list[ApiKeyResult]]:
    """Look up what ``list_api_keys`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[ApiKeyResult], "users.list_api_keys", {})


def list_my_invitations() -> list[OrganizationInvitationResult]:
    """Return the invitations that the user has not answered (list organization invitations for authenticated
    user).

    It needs a user's token (daytona:jwtToken).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[OrganizationInvitationResult], "users.list_my_invitations", {})


def list_my_invitations_output() -> Output[list[OrganizationInvitationResult]]:
    """Look up what ``list_my_invitations`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[OrganizationInvitationResult], "users.list_my_invitations", {})


def get_my_invitation_count() -> int:
    """Return how many invitations the user has not answered (get organization invitations count for
    authenticated user).

    It needs a user's token (daytona:jwtToken).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(int, "users.get_my_invitation_count", {})


def get_my_invitation_count_output() -> Output[int]:
    """Look up what ``get_my_invitation_count`` does, as an output; its arguments may be outputs."""
    return look_up_output(int, "users.get_my_invitation_count", {})


def list_account_providers() -> list[AccountProviderResult]:
    """Return the services whose accounts the user can link (get available account providers).

    It needs a user's token (daytona:jwtToken).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[AccountProviderResult], "users.list_account_providers", {})


def list_account_providers_output() -> Output[list[AccountProviderResult]]:
    """Look up what ``list_account_providers`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[AccountProviderResult], "users.list_account_providers", {})


def list_pending_sso_links() -> list[PendingSsoLinkResult]:
    """Return the identity providers that wait for the user's word (list pending sso links).

    It needs a user's token (daytona:jwtToken).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[PendingSsoLinkResult], "users.list_pending_sso_links", {})


def list_pending_sso_links_output() -> Output[list[PendingSsoLinkResult]]:
    """Look up what ``list_pending_sso_links`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[PendingSsoLinkResult], "users.list_pending_sso_links", {})
