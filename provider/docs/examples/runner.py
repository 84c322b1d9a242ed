"""Declare a machine that sandboxes run on, and drain it before it is taken away."""

import pulumi
from pulumi_daytona import Region, Runner

region = Region("basement")
runner = Runner(
    "old", region_id=region.id, tags=["small"], draining=pulumi.Config().get_bool("drainOld") or False
)
pulumi.export("key", runner.api_key)
