# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up the ways into a sandbox: links to its ports and files, and who may use them."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.previews import (
    PreviewUrlResult,
    PreviewWarningResult,
    SignedPreviewUrlResult,
    SshAccessValidationResult,
)


def get_preview_url(sandbox: str, port: int) -> PreviewUrlResult:
    """Return the link to a port of a sandbox, and the token that a private sandbox asks for, in the header
    ``x-daytona-preview-token`` (get port preview url).

    What is secret in it comes in the clear: export what ``get_preview_url_output`` returns.

    Args:
        sandbox: The sandbox's id or name.
        port: The port inside the sandbox, 1 to 65535.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(PreviewUrlResult, "previews.get_preview_url", {"sandbox": sandbox, "port": port})


def get_preview_url_output(sandbox: Input[str], port: Input[int]) -> Output[PreviewUrlResult]:
    """Look up what ``get_preview_url`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(PreviewUrlResult, "previews.get_preview_url", {"sandbox": sandbox, "port": port})


def get_signed_preview_url(
    sandbox: str, port: int, *, expires_in_seconds: int | None = None
) -> SignedPreviewUrlResult:
    """Return a link to a port of a sandbox that works for a while without a token (get signed port preview
    url). Every run makes another one.

    What is secret in it comes in the clear: export what ``get_signed_preview_url_output`` returns.

    Args:
        sandbox: The sandbox's id or name.
        port: The port inside the sandbox, 1 to 65535.
        expires_in_seconds: For how long it works; the API's default is 60.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        SignedPreviewUrlResult,
        "previews.get_signed_preview_url",
        {"sandbox": sandbox, "port": port, "expires_in_seconds": expires_in_seconds},
    )


def get_signed_preview_url_output(
    sandbox: Input[str], port: Input[int], *, expires_in_seconds: Input[int] | None = None
) -> Output[SignedPreviewUrlResult]:
    """Look up what ``get_signed_preview_url`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        SignedPreviewUrlResult,
        "previews.get_signed_preview_url",
        {"sandbox": sandbox, "port": port, "expires_in_seconds": expires_in_seconds},
    )


def get_download_url(sandbox: str, path: str, *, ttl_seconds: int | None = None) -> str:
    """Return a link that downloads a file of a running sandbox, with a GET (get sandbox signing key). It
    works without a key.

    What is secret in it comes in the clear: export what ``get_download_url_output`` returns.

    Args:
        sandbox: The sandbox's id or name.
        path: The file's path in the sandbox.
        ttl_seconds: For how long it works, in seconds; an hour by default, for ever when 0 or less.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        str, "previews.get_download_url", {"sandbox": sandbox, "path": path, "ttl_seconds": ttl_seconds}
    )


def get_download_url_output(
    sandbox: Input[str], path: Input[str], *, ttl_seconds: Input[int] | None = None
) -> Output[str]:
    """Look up what ``get_download_url`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        str, "previews.get_download_url", {"sandbox": sandbox, "path": path, "ttl_seconds": ttl_seconds}
    )


def get_upload_url(sandbox: str, path: str, *, ttl_seconds: int | None = None) -> str:
    """Return a link that uploads a file to a running sandbox, with a POST of a form that has ``file`` in it
    (get sandbox signing key). It works without a key.

    What is secret in it comes in the clear: export what ``get_upload_url_output`` returns.

    Args:
        sandbox: The sandbox's id or name.
        path: The file's path in the sandbox.
        ttl_seconds: For how long it works, in seconds; an hour by default, for ever when 0 or less.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        str, "previews.get_upload_url", {"sandbox": sandbox, "path": path, "ttl_seconds": ttl_seconds}
    )


def get_upload_url_output(
    sandbox: Input[str], path: Input[str], *, ttl_seconds: Input[int] | None = None
) -> Output[str]:
    """Look up what ``get_upload_url`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        str, "previews.get_upload_url", {"sandbox": sandbox, "path": path, "ttl_seconds": ttl_seconds}
    )


def get_ssh_access_validation(sandbox: str, token: str) -> SshAccessValidationResult:
    """Return whether a token for SSH is valid, and for which sandbox (validate ssh access).

    It needs the key of one of Daytona's services.

    Args:
        sandbox: The sandbox's id or name.
        token: The token.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        SshAccessValidationResult, "previews.get_ssh_access_validation", {"sandbox": sandbox, "token": token}
    )


def get_ssh_access_validation_output(
    sandbox: Input[str], token: Input[str]
) -> Output[SshAccessValidationResult]:
    """Look up what ``get_ssh_access_validation`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        SshAccessValidationResult, "previews.get_ssh_access_validation", {"sandbox": sandbox, "token": token}
    )


def get_preview_access(sandbox_id: str) -> bool:
    """Tell whether the configured key or token may see a sandbox (has sandbox access).

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(bool, "previews.get_preview_access", {"sandbox_id": sandbox_id})


def get_preview_access_output(sandbox_id: Input[str]) -> Output[bool]:
    """Look up what ``get_preview_access`` does, as an output; its arguments may be outputs."""
    return look_up_output(bool, "previews.get_preview_access", {"sandbox_id": sandbox_id})


def get_preview_public(sandbox_id: str) -> bool:
    """Tell whether everyone may see a sandbox (is sandbox public).

    It needs the key of Daytona's proxy.

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(bool, "previews.get_preview_public", {"sandbox_id": sandbox_id})


def get_preview_public_output(sandbox_id: Input[str]) -> Output[bool]:
    """Look up what ``get_preview_public`` does, as an output; its arguments may be outputs."""
    return look_up_output(bool, "previews.get_preview_public", {"sandbox_id": sandbox_id})


def get_preview_token_validity(sandbox_id: str, auth_token: str) -> bool:
    """Tell whether a token lets one see a sandbox (is valid auth token).

    It needs the key of Daytona's proxy.

    Args:
        sandbox_id: The sandbox's id.
        auth_token: The token.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        bool, "previews.get_preview_token_validity", {"sandbox_id": sandbox_id, "auth_token": auth_token}
    )


def get_preview_token_validity_output(sandbox_id: Input[str], auth_token: Input[str]) -> Output[bool]:
    """Look up what ``get_preview_token_validity`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        bool, "previews.get_preview_token_validity", {"sandbox_id": sandbox_id, "auth_token": auth_token}
    )


def get_preview_warning(sandbox_id: str, *, port: int | None = None) -> PreviewWarningResult:
    """Return whether a warning comes before a preview (is preview warning enabled).

    It needs the key of Daytona's proxy.

    Args:
        sandbox_id: The sandbox's id.
        port: For which port; some never warn.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        PreviewWarningResult, "previews.get_preview_warning", {"sandbox_id": sandbox_id, "port": port}
    )


def get_preview_warning_output(
    sandbox_id: Input[str], *, port: Input[int] | None = None
) -> Output[PreviewWarningResult]:
    """Look up what ``get_preview_warning`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        PreviewWarningResult, "previews.get_preview_warning", {"sandbox_id": sandbox_id, "port": port}
    )


def get_preview_signing_key(sandbox_id: str) -> str:
    """Return the key that signs a sandbox's links (get signing key).

    It needs the key of Daytona's proxy.

    What is secret in it comes in the clear: export what ``get_preview_signing_key_output`` returns.

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(str, "previews.get_preview_signing_key", {"sandbox_id": sandbox_id})


def get_preview_signing_key_output(sandbox_id: Input[str]) -> Output[str]:
    """Look up what ``get_preview_signing_key`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(str, "previews.get_preview_signing_key", {"sandbox_id": sandbox_id})


def get_signed_preview_sandbox_id(signed_preview_token: str, port: int) -> str:
    """Return the id of the sandbox that a signed link leads to (get sandbox id from signed preview url
    token).

    It needs the key of Daytona's proxy.

    Args:
        signed_preview_token: The link's token.
        port: The port inside the sandbox, 1 to 65535.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        str,
        "previews.get_signed_preview_sandbox_id",
        {"signed_preview_token": signed_preview_token, "port": port},
    )


def get_signed_preview_sandbox_id_output(signed_preview_token: Input[str], port: Input[int]) -> Output[str]:
    """Look up what ``get_signed_preview_sandbox_id`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        str,
        "previews.get_signed_preview_sandbox_id",
        {"signed_preview_token": signed_preview_token, "port": port},
    )
