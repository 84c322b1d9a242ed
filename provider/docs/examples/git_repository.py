"""Clone a repository into a sandbox, at a branch; a token is used for the request and kept nowhere."""

import pulumi
from pulumi_daytona import GitRepository, Sandbox

box = Sandbox("box")
clone = GitRepository(
    "app",
    sandbox_id=box.id,
    url="https://git.example.com/team/app.git",
    path="app",
    branch="main",
    username="x-access-token",
    password=pulumi.Config().require_secret("gitToken"),
)
pulumi.export("revision", clone.revision)
