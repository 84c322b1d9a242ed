"""Get a link that carries its own access, and one to download a file with."""

import pulumi
from pulumi_daytona import Sandbox, get_download_url_output, get_signed_preview_url_output

box = Sandbox("box")
link = get_signed_preview_url_output(box.id, 8000, expires_in_seconds=3600)
pulumi.export("url", link.apply(lambda found: found.url))
pulumi.export("report", get_download_url_output(box.id, "/home/daytona/report.html"))
