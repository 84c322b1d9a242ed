"""Send the telemetry of all sandboxes to a collector of one's own."""

import pulumi
from pulumi_daytona import OrganizationOtelConfig

OrganizationOtelConfig(
    "telemetry",
    endpoint="https://otel.example.com",
    headers={"x-api-key": pulumi.Config().require_secret("otelKey")},
)
