"""Stands for RLBench in tests of the bridge: a few classes by the same names, of the standard library alone."""

__version__ = "1.2.0-fake"
