"""The environment of one pull request: a sandbox that is gone after a day, whatever happens to CI."""

import pulumi
from pulumi_daytona import EphemeralEnvironment

config = pulumi.Config()

environment = EphemeralEnvironment(
    "review",
    repository=config.require("repository"),
    number=config.require_int("number"),
    ttl_minutes=config.get_int("ttlMinutes"),
    env={"COMMIT": config.get("commit") or "unknown"},
    auto_stop_interval=60,
)

pulumi.export("sandbox_id", environment.sandbox_id)
pulumi.export("sandbox_name", environment.sandbox_name)
pulumi.export("ends_at", environment.auto_destroy_at)
