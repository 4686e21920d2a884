"""What a dataset knows by month, and what by the year alone."""
