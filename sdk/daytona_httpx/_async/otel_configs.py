"""Where the telemetry of an organization's sandboxes goes."""

from __future__ import annotations

from collections.abc import Mapping

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.otel_config import OtelConfig
from daytona_httpx.wire import given


class AsyncOtelConfigs(AsyncGroup):
    """Read, set and remove an organization's OpenTelemetry target."""

    async def get(self, organization_id: str) -> OtelConfig:
        """Return the target (get organization otel config); older servers want the collector's key.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        path = ("organizations", organization_id, "otel-config")
        return await self._one(OtelConfig, "get otel config", "GET", path)

    async def get_by_sandbox_auth_token(self, auth_token: str) -> OtelConfig:
        """Return the target for a sandbox's token; needs the collector's key.

        (get organization otel config by sandbox auth token)
        """
        path = ("organizations", "otel-config", "by-sandbox-auth-token", auth_token)
        return await self._one(OtelConfig, "get otel config", "GET", path, secret=auth_token)

    async def update(
        self, organization_id: str, endpoint: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Set the target, whole (update organization otel config); needs a user's token.

        Args:
            organization_id: The organization's id.
            endpoint: Where to, over OTLP.
            headers: What is sent along, such as a key; none when left out.
        """
        body = given(endpoint=endpoint, headers=None if headers is None else dict(headers))
        path = ("organizations", organization_id, "otel-config")
        await self._nothing("update otel config", "PUT", path, json=body)

    async def delete(self, organization_id: str) -> None:
        """Remove the target (delete organization otel config); needs a user's token."""
        await self._delete("delete otel config", ("organizations", organization_id, "otel-config"))
