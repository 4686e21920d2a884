"""What a page of charts opens with: the year that no address names, and what is said before all else."""
