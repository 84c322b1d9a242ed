"""Declare a sandbox with a volume, which stops when nobody uses it and is gone after a week."""

import pulumi
from pulumi_daytona import Sandbox, Volume, VolumeMount

data = Volume("data")
box = Sandbox(
    "box",
    language="python",
    labels={"team": "search"},
    env={"TOKEN": pulumi.Config().require_secret("token")},
    volumes=[VolumeMount(volume_id=data.id, mount_path="/data")],
    auto_stop_interval=30,
    ttl_minutes=7 * 24 * 60,
)
pulumi.export("id", box.id)
pulumi.export("link", box.get_preview_link(8000).url)
