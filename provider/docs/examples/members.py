"""Give everyone of an organization the same role."""

from pulumi_daytona import OrganizationMember, get_organization_role, list_organization_members

role = get_organization_role("user")
for member in list_organization_members():
    OrganizationMember(member.user_id, user_id=member.user_id, role="member", assigned_role_ids=[role.id])
