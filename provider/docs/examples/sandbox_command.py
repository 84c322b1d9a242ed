"""Install what an application needs: once, and again when the list of it changes."""

import pulumi
from pulumi_daytona import Sandbox, SandboxCommand, SandboxFile

box = Sandbox("box")
wanted = SandboxFile("wanted", sandbox_id=box.id, path="requirements.txt", content="flask==3.1.0")
install = SandboxCommand(
    "install",
    sandbox_id=box.id,
    create="pip install -r requirements.txt",
    triggers=[wanted.sha256],
)
pulumi.export("written", install.stdout)
