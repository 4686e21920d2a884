"""What the program says of itself: log lines that name their request, and errors told to Sentry."""
