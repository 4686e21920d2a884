"""What the colours of the tiles mean: steps of size, and the words of their legend."""
