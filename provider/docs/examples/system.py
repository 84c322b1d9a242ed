"""Tell from what a sandbox is made that asks for nothing."""

import pulumi
from pulumi_daytona import get_api_config

config = get_api_config()
pulumi.export("defaultSnapshot", config.default_snapshot)
pulumi.export("version", config.version)
