"""Add a machine to a region of a self-hosted Daytona; its key is read from the stack's configuration."""

import pulumi
from pulumi_daytona import AdminRunner

runner = AdminRunner(
    "big",
    region_id="us",
    api_key=pulumi.Config().require_secret("runnerKey"),
    api_version="2",
    tags=["big"],
)
pulumi.export("state", runner.state)
