"""What a reader sets side by side: which provinces or goods there are to choose, and what is said of those chosen."""
