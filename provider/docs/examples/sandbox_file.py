"""Put a file with a secret in it where only its owner can read it."""

import pulumi
from pulumi_daytona import Sandbox, SandboxFile

box = Sandbox("box")
SandboxFile(
    "settings",
    sandbox_id=box.id,
    path="/home/daytona/app/settings.env",
    content=pulumi.Output.format("TOKEN={}", pulumi.Config().require_secret("token")),
    mode="600",
)
