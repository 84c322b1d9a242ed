"""Tell who runs the program, and which key they use."""

import pulumi
from pulumi_daytona import get_current_api_key

key = get_current_api_key()
pulumi.export("key", key.name)
pulumi.export("permissions", key.permissions)
