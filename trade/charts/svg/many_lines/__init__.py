"""Tells many lines apart: names at their ends, and a small chart for each where there are more than one can follow."""
