"""Let someone into a sandbox with SSH for an hour."""

import pulumi
from pulumi_daytona import Sandbox, SshAccess

box = Sandbox("box")
access = SshAccess("access", sandbox_id=box.id, expires_in_minutes=60)
pulumi.export("command", access.ssh_command)
