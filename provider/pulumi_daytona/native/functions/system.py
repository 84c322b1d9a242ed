# Generated from the core by `make generate`; do not edit.
"""Look up the API itself: how it is set up, and whether it is well."""

from __future__ import annotations

import pulumi
from pulumi import Output

from pulumi_daytona.functions.results.system import ApiConfigResult, ApiHealthResult
from pulumi_daytona.native.function import look_up, look_up_output


def get_api_config(*, opts: pulumi.InvokeOptions | None = None) -> ApiConfigResult:
    """Return how the configured Daytona is set up: its version, its default snapshot, its limits (get
    config).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiConfigResult, "system.get_api_config", {}, opts)


def get_api_config_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[ApiConfigResult]:
    """Look up what ``get_api_config`` does, as an output; its arguments may be outputs."""
    return look_up_output(ApiConfigResult, "system.get_api_config", {}, opts)


def get_api_health(*, opts: pulumi.InvokeOptions | None = None) -> ApiHealthResult:
    """Return how each part is that the API needs (check). A part that is down is an error.

    It needs the key for health checks.

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(ApiHealthResult, "system.get_api_health", {}, opts)


def get_api_health_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[ApiHealthResult]:
    """Look up what ``get_api_health`` does, as an output; its arguments may be outputs."""
    return look_up_output(ApiHealthResult, "system.get_api_health", {}, opts)
