"""Tells many lines apart by their names, which stand at their ends."""
