"""The versions, in one place."""

__version__ = "0.1.0"

API_LEVEL = "0.226.1"
"""The official client whose API this one speaks: servers choose their answers' form by it."""
