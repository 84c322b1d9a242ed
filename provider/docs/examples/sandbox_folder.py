"""Keep a folder in a sandbox as the one of the project is."""

import pulumi
from pulumi_daytona import Sandbox, SandboxFolder

box = Sandbox("box")
app = SandboxFolder("app", sandbox_id=box.id, path="app", source="./app", exclude=["*.pyc", ".git"])
pulumi.export("files", app.file_count)
