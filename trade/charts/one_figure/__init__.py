"""One figure of a view by itself: its words, its addresses and its table."""
