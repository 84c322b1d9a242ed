"""The Pulumi programs that the engine tests run."""

SANDBOX = """
import pulumi
from pulumi_daytona import Sandbox

config = pulumi.Config()
labels = config.get_object("labels")
sandbox = Sandbox(
    "box",
    labels=labels if labels is not None else {"team": "a"},
    auto_stop_interval=config.get_int("autoStop"),
    public=config.get_bool("public"),
    env={"GREETING": config.get("greeting") or "hi"},
    state=config.get("state"),
    name=config.get("name"),
)
pulumi.export("id", sandbox.id)
pulumi.export("name", sandbox.name)
"""

EMPTY = """
import pulumi
"""

WITH_VOLUME = """
import pulumi
from pulumi_daytona import Sandbox, Volume, VolumeMount

data = Volume("data")
mount = VolumeMount(volume_id=data.id, mount_path="/data")
sandbox = Sandbox("box", labels={"volume": data.id}, volumes=[mount])
link = sandbox.get_preview_link(8000)
pulumi.export("id", sandbox.id)
pulumi.export("volume", data.id)
pulumi.export("url", link.url)
pulumi.export("token", link.token)
"""

MANY = """
import pulumi
from pulumi_daytona import Sandbox

for number in range(pulumi.Config().require_int("count")):
    Sandbox(f"box-{number}")
"""
