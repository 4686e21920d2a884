"""Corrections by hand: values typed into a grid, or all that is known of one value, which become an upload."""
