"""What views of a release have in common, and what is made of it once."""
