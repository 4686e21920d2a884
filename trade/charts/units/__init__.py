"""Units of charts over time that need more than a point: an index of one period, and the change from a year earlier."""
