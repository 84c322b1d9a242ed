"""Make a sandbox from the newest snapshot of a family."""

from pulumi_daytona import Sandbox, list_snapshots

family = [snapshot for snapshot in list_snapshots() if snapshot.name.startswith("tools-")]
newest = max(family, key=lambda snapshot: snapshot.created_at or "", default=None)
Sandbox("box", snapshot=newest.name if newest else None)
