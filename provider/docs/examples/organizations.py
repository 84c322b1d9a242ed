"""Tell what an organization may use, and does use."""

import pulumi
from pulumi_daytona import get_organization, get_organization_usage

organization = get_organization()
usage = get_organization_usage()
pulumi.export("organization", organization.name)
pulumi.export("volumes", f"{usage.current_volume_usage} of {usage.total_volume_quota}")
