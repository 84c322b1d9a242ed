"""What the resources inside a sandbox have in common: files, commands, repositories and sessions."""
