"""A sandbox that follows the policies of `pack`, until the config says otherwise."""

import pulumi
from pulumi_daytona import Sandbox

config = pulumi.Config()

sandbox = Sandbox(
    "box",
    image="debian:12",
    resources={"cpu": config.get_int("cpu") or 1, "memory": 1, "disk": 3},
    public=config.get_bool("public"),
    auto_stop_interval=config.get_int("autoStopMinutes"),
)

pulumi.export("sandbox_id", sandbox.id)
