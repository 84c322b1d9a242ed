"""Limit what an organization may have, in all regions together."""

import pulumi
from pulumi_daytona import OrganizationQuota

OrganizationQuota(
    "limits",
    organization_id=pulumi.Config().require("organization"),
    max_cpu_per_sandbox=8,
    snapshot_quota=100,
    volume_quota=50,
)
