"""Tell what a sandbox uses, and the errors that it wrote in a year."""

import pulumi
from pulumi_daytona import Sandbox, get_sandbox_usage_output, list_sandbox_logs_output

box = Sandbox("box")
errors = list_sandbox_logs_output(
    box.id, "2030-01-01T00:00:00Z", "2030-12-31T00:00:00Z", severities=["ERROR"], limit=20
)
pulumi.export("cores", get_sandbox_usage_output(box.id).apply(lambda usage: usage.cpu_count))
pulumi.export("errors", errors.apply(lambda found: [entry.body for entry in found]))
