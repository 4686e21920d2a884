"""One figure of a view by itself: its words, its addresses, its table, and the height of a frame that holds it."""
