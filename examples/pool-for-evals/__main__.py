"""A pool of alike sandboxes for evaluations; `evals.py` makes it, runs in it and removes it."""

import pulumi
from pulumi_daytona import SandboxPool

pool = SandboxPool("evals", count=pulumi.Config().get_int("count") or 20, ttl_minutes=60, state="started")

pulumi.export("ids", pool.ids)
