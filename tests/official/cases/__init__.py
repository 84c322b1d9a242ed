"""What a client is used for, written once: the same cases for both packages, async, and sync as generated."""
