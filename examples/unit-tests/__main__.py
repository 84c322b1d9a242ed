"""Export what the workspace of the team consists of."""

import pulumi
from workspace import declare_workspace

made = declare_workspace("team", pulumi.Config().get_int("count") or 2)

pulumi.export("sandbox_ids", made.pool.ids)
