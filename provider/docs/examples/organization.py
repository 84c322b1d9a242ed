"""Give a team an organization of its own, with a role and an invitation."""

import pulumi
from pulumi_daytona import Organization, OrganizationInvitation, OrganizationRole

team = Organization("team", default_region_id="us")
role = OrganizationRole("user", organization_id=team.id, permissions=["write:sandboxes"])
OrganizationInvitation(
    "ada",
    organization_id=team.id,
    email="ada@example.com",
    role="member",
    assigned_role_ids=[role.id],
)
pulumi.export("organization", team.id)
