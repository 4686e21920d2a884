"""The page of what a dataset reports, estimates and misses, and its files."""
