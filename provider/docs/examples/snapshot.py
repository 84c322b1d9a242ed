"""Build an image once, and make sandboxes from it; other content is another snapshot."""

import pulumi
from pulumi_daytona import Image, Sandbox, Snapshot

image = Image.debian_slim("3.12").pip_install("flask==3.1.0").workdir("/app")
base = Snapshot("base", image=image, resources={"cpu": 2, "memory": 4, "disk": 10})
box = Sandbox("box", snapshot=base.name)
pulumi.export("snapshot", base.name)
