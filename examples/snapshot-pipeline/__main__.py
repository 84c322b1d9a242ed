"""An image with local files, a snapshot that is built of it, and workers that are made from the snapshot."""

import pulumi
from pulumi_daytona import Image, SandboxPool, Snapshot

config = pulumi.Config()

image = (
    Image.base("python:3.12-slim")
    .add_local_dir("app", "/srv/app")
    .workdir("/srv/app")
    .run_commands("python3 -m unittest -q", "python3 -m compileall -q .")
    .env({"STAGE": pulumi.get_stack()})
)

snapshot = Snapshot("app", image=image, resources={"cpu": 1, "memory": 1, "disk": 3})
workers = SandboxPool("worker", count=config.get_int("workers") or 2, snapshot=snapshot.name)

pulumi.export("snapshot", snapshot.name)
pulumi.export("workers", workers.ids)
