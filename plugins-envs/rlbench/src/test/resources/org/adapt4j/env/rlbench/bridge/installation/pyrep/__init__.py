"""Stands for PyRep in tests of the bridge."""
