# Generated from the core's look-ups by `make generate`; do not edit.
"""What look-ups return, by topic."""
