"""List the sandboxes of a team, and look up one that was just declared."""

import pulumi
from pulumi_daytona import Sandbox, get_sandbox_output, list_sandboxes

started = list_sandboxes(labels={"team": "search"}, states=["started"])
box = Sandbox("box", labels={"team": "search"})
pulumi.export("others", [sandbox.name for sandbox in started])
pulumi.export("state", get_sandbox_output(box.id).apply(lambda found: found.state))
