"""Let an organization have eighty cores in a region, and no sandbox more than eight."""

import pulumi
from pulumi_daytona import AdminOrganizationRegionQuota

AdminOrganizationRegionQuota(
    "limits",
    organization_id=pulumi.Config().require("organization"),
    region_id="us",
    sandbox_class="container",
    total_cpu_quota=80,
    total_memory_quota=160,
    total_disk_quota=500,
    total_gpu_quota=0,
    max_cpu_per_sandbox=8,
)
