"""Make a key for a CI job that may make and delete sandboxes, and nothing else."""

import pulumi
from pulumi_daytona import ApiKey

key = ApiKey("ci", permissions=["write:sandboxes", "delete:sandboxes"], expires_at="2030-01-31T12:00:00Z")
pulumi.export("key", key.value)  # a secret: `pulumi stack output key --show-secrets`
