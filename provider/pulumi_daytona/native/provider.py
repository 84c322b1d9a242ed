"""The ``Provider`` resource: where Daytona is, and with which key, for the resources that are given it."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import arguments, plugin_version


class Provider(pulumi.ProviderResource):
    """Say where Daytona is, and with which key, for the resources that are given it.

    What is left out is as in the environment. Without a provider of their own, resources follow the stack's
    configuration (``daytona:apiKey`` and so on), then the environment.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        api_key: Input[str] | None = None,
        jwt_token: Input[str] | None = None,
        api_url: Input[str] | None = None,
        organization_id: Input[str] | None = None,
        target: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a provider.

        Args:
            resource_name: The logical name in the program.
            api_key: The API key; needed, unless there is a token. Kept as a secret.
            jwt_token: A user's token, instead of a key; it needs ``organization_id``. Kept as a secret.
            api_url: Where the API is; Daytona's cloud by default.
            organization_id: Id of the organization; that of the key by default.
            target: The region of sandboxes that name none.
            opts: Pulumi's resource options.
        """
        values = {
            "api_key": None if api_key is None else Output.secret(api_key),
            "jwt_token": None if jwt_token is None else Output.secret(jwt_token),
            "api_url": api_url,
            "organization_id": organization_id,
            "target": target,
        }
        ours = pulumi.ResourceOptions(version=plugin_version())
        merged = pulumi.ResourceOptions.merge(ours, opts)
        super().__init__("daytona", resource_name, arguments(values), merged)
