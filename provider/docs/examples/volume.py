"""Share a volume between two sandboxes, each with a folder of its own in it."""

from pulumi_daytona import Sandbox, Volume, VolumeMount

data = Volume("data")
for name in ("train", "serve"):
    mount = VolumeMount(volume_id=data.id, mount_path="/data", subpath=name)
    Sandbox(name, volumes=[mount])
