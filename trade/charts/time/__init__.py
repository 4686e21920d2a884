"""Time as a reader chooses it: a year or a month, a span of them, the months of each year so far."""
