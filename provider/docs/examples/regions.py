"""Make a sandbox in every region that there is."""

from pulumi_daytona import Sandbox, list_regions

for region in list_regions():
    Sandbox(f"box-{region.name}", target=region.id)
