"""The analytics API: what sandboxes used over time. The configuration tells its address."""
