"""The dashboard: a page, and the stream of what happens that it is fed from."""
