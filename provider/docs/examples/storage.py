"""Mount a volume, and use a secret, that other stacks look after."""

from pulumi_daytona import Sandbox, VolumeMount, get_secret, get_volume

data, key = get_volume("data"), get_secret("MODEL_KEY")
mount = VolumeMount(volume_id=data.id, mount_path="/data")
Sandbox("box", volumes=[mount], secrets={"MODEL_KEY": key.name})
