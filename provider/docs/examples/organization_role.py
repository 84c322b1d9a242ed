"""Make a role for those who use sandboxes, and may not delete what lasts."""

from pulumi_daytona import OrganizationRole

OrganizationRole("user", description="Uses sandboxes.", permissions=["write:sandboxes", "delete:sandboxes"])
