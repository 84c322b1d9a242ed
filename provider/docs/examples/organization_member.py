"""Say what someone may do who is a member already."""

from pulumi_daytona import OrganizationMember, OrganizationRole

role = OrganizationRole("user", permissions=["write:sandboxes", "delete:sandboxes"])
OrganizationMember("ada", user_id="user-1", role="member", assigned_role_ids=[role.id])
