"""Bring machines of one's own to Daytona: a region, and the first runner in it."""

import pulumi
from pulumi_daytona import Region, Runner

region = Region("basement", proxy_url="https://proxy.example.com")
runner = Runner("first", region_id=region.id)
pulumi.export("proxyKey", region.proxy_api_key)
pulumi.export("runnerKey", runner.api_key)
