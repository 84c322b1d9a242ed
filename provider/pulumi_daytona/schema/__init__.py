"""The schema of the plugin, for other languages and the Registry; it is built from the core's definitions."""
