"""A sandbox with labels, intervals, a secret in its environment, and a volume that outlives it."""

import pulumi
from pulumi_daytona import Sandbox, Volume, VolumeMount

config = pulumi.Config()

data = Volume("data")

sandbox = Sandbox(
    "hello",
    labels={"purpose": config.get("purpose") or "first-look"},
    auto_stop_interval=config.get_int("autoStopMinutes") or 30,
    auto_delete_interval=120,
    state="started",
    env={"GREETING": config.get_secret("greeting") or "hello"},
    volumes=[VolumeMount(volume_id=data.id, mount_path="/data")],
)

preview = sandbox.get_preview_link(8000)

pulumi.export("sandbox_id", sandbox.id)
pulumi.export("sandbox_name", sandbox.name)
pulumi.export("state", sandbox.state)
pulumi.export("preview_url", preview.url)
pulumi.export("preview_token", preview.token)
