# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up what outlives sandboxes: volumes, and the vault of secrets."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.storage import SecretResult, VolumeResult


def get_volume(name: str) -> VolumeResult:
    """Return a volume by its name (get volume by name).

    Args:
        name: The volume's name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(VolumeResult, "storage.get_volume", {"name": name})


def get_volume_output(name: Input[str]) -> Output[VolumeResult]:
    """Look up what ``get_volume`` does, as an output; its arguments may be outputs."""
    return look_up_output(VolumeResult, "storage.get_volume", {"name": name})


def get_volume_by_id(volume_id: str) -> VolumeResult:
    """Return a volume by its id (get volume).

    Args:
        volume_id: The volume's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(VolumeResult, "storage.get_volume_by_id", {"volume_id": volume_id})


def get_volume_by_id_output(volume_id: Input[str]) -> Output[VolumeResult]:
    """Look up what ``get_volume_by_id`` does, as an output; its arguments may be outputs."""
    return look_up_output(VolumeResult, "storage.get_volume_by_id", {"volume_id": volume_id})


def list_volumes() -> list[VolumeResult]:
    """Return the volumes of the organization (list volumes).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[VolumeResult], "storage.list_volumes", {})


def list_volumes_output() -> Output[list[VolumeResult]]:
    """Look up what ``list_volumes`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[VolumeResult], "storage.list_volumes", {})


def get_secret(name: str) -> SecretResult:
    """Return a secret of the vault by its name (list secrets paginated). Its value never comes back.

    Args:
        name: The secret's name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SecretResult, "storage.get_secret", {"name": name})


def get_secret_output(name: Input[str]) -> Output[SecretResult]:
    """Look up what ``get_secret`` does, as an output; its arguments may be outputs."""
    return look_up_output(SecretResult, "storage.get_secret", {"name": name})


def get_secret_by_id(secret_id: str) -> SecretResult:
    """Return a secret of the vault by its id (get secret). Its value never comes back.

    Args:
        secret_id: The secret's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SecretResult, "storage.get_secret_by_id", {"secret_id": secret_id})


def get_secret_by_id_output(secret_id: Input[str]) -> Output[SecretResult]:
    """Look up what ``get_secret_by_id`` does, as an output; its arguments may be outputs."""
    return look_up_output(SecretResult, "storage.get_secret_by_id", {"secret_id": secret_id})


def list_secrets(
    *, name: str | None = None, sort: str | None = None, order: str | None = None
) -> list[SecretResult]:
    """Return the secrets of the vault (list secrets paginated). Their values never come back.

    Args:
        name: Only those with this in their name.
        sort: By ``name``, ``createdAt`` (the default) or ``updatedAt``.
        order: ``asc`` or ``desc`` (the default).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[SecretResult], "storage.list_secrets", {"name": name, "sort": sort, "order": order})


def list_secrets_output(
    *, name: Input[str] | None = None, sort: Input[str] | None = None, order: Input[str] | None = None
) -> Output[list[SecretResult]]:
    """Look up what ``list_secrets`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[SecretResult], "storage.list_secrets", {"name": name, "sort": sort, "order": order}
    )
