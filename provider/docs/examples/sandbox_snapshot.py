"""Set a sandbox up once, and make others from it as it is then."""

import pulumi
from pulumi_daytona import Sandbox, SandboxCommand, SandboxSnapshot

box = Sandbox("box", state="started")
setup = SandboxCommand("setup", sandbox_id=box.id, create="echo ready > ready.txt")
taken = SandboxSnapshot("taken", sandbox_id=box.id, triggers=[setup.stdout])
copy = Sandbox("copy", snapshot=taken.name)
pulumi.export("snapshot", taken.name)
