"""The page of the index of goods, and its files."""
