"""Feeds for readers who want to be told: of all releases, of a dataset's, and of those that changed one thing."""
