"""`pulumi-daytona graph`: a stack as a picture."""
