"""The provider's engine-neutral core: what a resource is, and its check, diff, create, read, update, delete.

Nothing here imports pulumi: the front ends (``dynamic.py``, later the plugin) translate at the edge.
"""
