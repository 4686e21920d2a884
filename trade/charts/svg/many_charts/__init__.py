"""Draws a small chart for each thing, where there are more than one can follow in one chart."""
