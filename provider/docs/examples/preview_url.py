"""Show a server in a sandbox to anyone who has the link, for a day."""

import pulumi
from pulumi_daytona import PreviewUrl, Sandbox, SandboxSession

box = Sandbox("box")
server = SandboxSession("server", sandbox_id=box.id, command="python3 -m http.server 8000", ready_port=8000)
link = PreviewUrl(
    "link",
    sandbox_id=box.id,
    port=8000,
    signed=True,
    expires_in=86400,
    opts=pulumi.ResourceOptions(depends_on=[server]),
)
pulumi.export("url", link.signed_url)
