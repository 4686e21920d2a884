"""The choices that a page offers beside those of one row: which time."""
