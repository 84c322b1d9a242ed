"""The program under test: a volume, and a pool of private sandboxes that share it."""

from dataclasses import dataclass

from pulumi_daytona import SandboxPool, Volume, VolumeMount


@dataclass(frozen=True)
class Workspace:
    """Hold what belongs to a team."""

    volume: Volume
    pool: SandboxPool


def declare_workspace(team: str, count: int) -> Workspace:
    """Declare the workspace of a team with `count` sandboxes."""
    volume = Volume(f"{team}-data")
    mount = VolumeMount(volume_id=volume.id, mount_path="/data")
    pool = SandboxPool(team, count=count, volumes=[mount], auto_stop_interval=30, labels={"team": team})
    return Workspace(volume, pool)
