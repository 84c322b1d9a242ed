"""Run a server in a sandbox; `pulumi up` returns when it listens."""

import pulumi
from pulumi_daytona import Sandbox, SandboxSession

box = Sandbox("box", public=True)
server = SandboxSession("server", sandbox_id=box.id, command="python3 -m http.server 8000", ready_port=8000)
pulumi.export("url", box.get_preview_link(8000).url)
