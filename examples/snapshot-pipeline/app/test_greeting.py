"""Run while the snapshot is built: one that fails makes no snapshot."""

import unittest

from greeting import greeting


class GreetingTest(unittest.TestCase):
    """Say what a greeting has in it."""

    def test_it_names_the_stage(self) -> None:
        """Name the stage."""
        assert "dev" in greeting("dev")
