# Generated from the core by `make generate`; do not edit.
"""Look up the user: who they are, their API keys, and what waits for their word."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.functions.results.members import OrganizationInvitationResult
from pulumi_daytona.functions.results.users import (
    AccountProviderResult,
    ApiKeyResult,
    PendingSsoLinkResult,
    UserResult,
)
from pulumi_daytona.native.function import look_up, look_up_output


def get_current_user(*, opts: pulumi.InvokeOptions | None = None) -> UserResult:
    """Return the user (get authenticated user).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_current_user_output`` returns.

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(UserResult, "users.get_current_user", {}, opts)


def get_current_user_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[UserResult]:
    """Look up what ``get_current_user`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(UserResult, "users.get_current_user", {}, opts)


def get_current_api_key(*, opts: pulumi.InvokeOptions | None = None) -> ApiKeyResult:
    """Return what is known of the configured API key (get current api key).

    It needs a key, not a token.

    What is secret in it comes in the clear: export what ``get_current_api_key_output`` returns.

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiKeyResult, "users.get_current_api_key", {}, opts)


def get_current_api_key_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[ApiKeyResult]:
    """Look up what ``get_current_api_key`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(ApiKeyResult, "users.get_current_api_key", {}, opts)


def get_api_key(name: str, *, opts: pulumi.InvokeOptions | None = None) -> ApiKeyResult:
    """Return what is known of an API key; of its value only the ends (get api key).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_api_key_output`` returns.

    Args:
        name: The key's name.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiKeyResult, "users.get_api_key", {"name": name}, opts)


def get_api_key_output(name: Input[str], *, opts: pulumi.InvokeOptions | None = None) -> Output[ApiKeyResult]:
    """Look up what ``get_api_key`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(ApiKeyResult, "users.get_api_key", {"name": name}, opts)


def list_api_keys(*, opts: pulumi.InvokeOptions | None = None) -> list[ApiKeyResult]:
    """Return the user's API keys; of their values only the ends (list api keys).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``list_api_keys_output`` returns.

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[ApiKeyResult], "users.list_api_keys", {}, opts)


def list_api_keys_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[list[ApiKeyResult]]:
    """Look up what ``list_api_keys`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[ApiKeyResult], "users.list_api_keys", {}, opts)


def list_my_invitations(*, opts: pulumi.InvokeOptions | None = None) -> list[OrganizationInvitationResult]:
    """Return the invitations that the user has not answered (list organization invitations for authenticated
    user).

    It needs a user's token (daytona:jwtToken).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[OrganizationInvitationResult], "users.list_my_invitations", {}, opts)


def list_my_invitations_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> Output[list[OrganizationInvitationResult]]:
    """Look up what ``list_my_invitations`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[OrganizationInvitationResult], "users.list_my_invitations", {}, opts)


def get_my_invitation_count(*, opts: pulumi.InvokeOptions | None = None) -> int:
    """Return how many invitations the user has not answered (get organization invitations count for
    authenticated user).

    It needs a user's token (daytona:jwtToken).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(int, "users.get_my_invitation_count", {}, opts)


def get_my_invitation_count_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[int]:
    """Look up what ``get_my_invitation_count`` does, as an output; its arguments may be outputs."""
    return look_up_output(int, "users.get_my_invitation_count", {}, opts)


def list_account_providers(*, opts: pulumi.InvokeOptions | None = None) -> list[AccountProviderResult]:
    """Return the services whose accounts the user can link (get available account providers).

    It needs a user's token (daytona:jwtToken).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[AccountProviderResult], "users.list_account_providers", {}, opts)


def list_account_providers_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> Output[list[AccountProviderResult]]:
    """Look up what ``list_account_providers`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[AccountProviderResult], "users.list_account_providers", {}, opts)


def list_pending_sso_links(*, opts: pulumi.InvokeOptions | None = None) -> list[PendingSsoLinkResult]:
    """Return the identity providers that wait for the user's word (list pending sso links).

    It needs a user's token (daytona:jwtToken).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[PendingSsoLinkResult], "users.list_pending_sso_links", {}, opts)


def list_pending_sso_links_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> Output[list[PendingSsoLinkResult]]:
    """Look up what ``list_pending_sso_links`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[PendingSsoLinkResult], "users.list_pending_sso_links", {}, opts)
