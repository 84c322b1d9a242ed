"""Keep five sandboxes of a snapshot started, so that the next one is there at once."""

from pulumi_daytona import Snapshot, WarmPool

base = Snapshot("base", image="python:3.12-slim")
WarmPool("ready", snapshot=base.name, pool=5)
