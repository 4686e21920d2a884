"""The words of the site itself, of no dataset, question or resolution: its name, introductions, contact."""
