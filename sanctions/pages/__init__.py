"""What the pages of the sanctions show: goods by their history, with names and addresses; what a search finds."""
