"""Pull the images of snapshots from a registry of one's own."""

import pulumi
from pulumi_daytona import DockerRegistry, Snapshot

registry = DockerRegistry(
    "registry",
    url="https://registry.example.com",
    username="puller",
    password=pulumi.Config().require_secret("registryPassword"),
)
Snapshot(
    "tools",
    image="registry.example.com/team/tools:1.4",
    opts=pulumi.ResourceOptions(depends_on=[registry]),
)
