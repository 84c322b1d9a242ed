# Generated from the core by `make generate`; do not edit.
"""Look up what outlives sandboxes: volumes, and the vault of secrets."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.functions.results.storage import SecretResult, VolumeResult
from pulumi_daytona.native.function import look_up, look_up_output


def get_volume(name: str, *, opts: pulumi.InvokeOptions | None = None) -> VolumeResult:
    """Return a volume by its name (get volume by name).

    Args:
        name: The volume's name.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(VolumeResult, "storage.get_volume", {"name": name}, opts)


def get_volume_output(name: Input[str], *, opts: pulumi.InvokeOptions | None = None) -> Output[VolumeResult]:
    """Look up what ``get_volume`` does, as an output; its arguments may be outputs."""
    return look_up_output(VolumeResult, "storage.get_volume", {"name": name}, opts)


def get_volume_by_id(volume_id: str, *, opts: pulumi.InvokeOptions | None = None) -> VolumeResult:
    """Return a volume by its id (get volume).

    Args:
        volume_id: The volume's id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(VolumeResult, "storage.get_volume_by_id", {"volume_id": volume_id}, opts)


def get_volume_by_id_output(
    volume_id: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[VolumeResult]:
    """Look up what ``get_volume_by_id`` does, as an output; its arguments may be outputs."""
    return look_up_output(VolumeResult, "storage.get_volume_by_id", {"volume_id": volume_id}, opts)


def list_volumes(*, opts: pulumi.InvokeOptions | None = None) -> list[VolumeResult]:
    """Return the volumes of the organization (list volumes).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[VolumeResult], "storage.list_volumes", {}, opts)


def list_volumes_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[list[VolumeResult]]:
    """Look up what ``list_volumes`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[VolumeResult], "storage.list_volumes", {}, opts)


def get_secret(name: str, *, opts: pulumi.InvokeOptions | None = None) -> SecretResult:
    """Return a secret of the vault by its name (list secrets paginated). Its value never comes back.

    Args:
        name: The secret's name.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SecretResult, "storage.get_secret", {"name": name}, opts)


def get_secret_output(name: Input[str], *, opts: pulumi.InvokeOptions | None = None) -> Output[SecretResult]:
    """Look up what ``get_secret`` does, as an output; its arguments may be outputs."""
    return look_up_output(SecretResult, "storage.get_secret", {"name": name}, opts)


def get_secret_by_id(secret_id: str, *, opts: pulumi.InvokeOptions | None = None) -> SecretResult:
    """Return a secret of the vault by its id (get secret). Its value never comes back.

    Args:
        secret_id: The secret's id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SecretResult, "storage.get_secret_by_id", {"secret_id": secret_id}, opts)


def get_secret_by_id_output(
    secret_id: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[SecretResult]:
    """Look up what ``get_secret_by_id`` does, as an output; its arguments may be outputs."""
    return look_up_output(SecretResult, "storage.get_secret_by_id", {"secret_id": secret_id}, opts)


def list_secrets(
    *,
    name: str | None = None,
    sort: str | None = None,
    order: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> list[SecretResult]:
    """Return the secrets of the vault (list secrets paginated). Their values never come back.

    Args:
        name: Only those with this in their name.
        sort: By ``name``, ``createdAt`` (the default) or ``updatedAt``.
        order: ``asc`` or ``desc`` (the default).
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[SecretResult], "storage.list_secrets", {"name": name, "sort": sort, "order": order}, opts
    )


def list_secrets_output(
    *,
    name: Input[str] | None = None,
    sort: Input[str] | None = None,
    order: Input[str] | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[list[SecretResult]]:
    """Look up what ``list_secrets`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[SecretResult], "storage.list_secrets", {"name": name, "sort": sort, "order": order}, opts
    )
