"""The async client, the source of truth: the sync one is generated from it."""
