# Generated from _async by `make generate`; do not edit.
"""The async client, the source of truth: the sync one is generated from it."""
