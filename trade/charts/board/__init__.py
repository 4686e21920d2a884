"""The newest figures of datasets at a glance: the newest month, the year so far and the newest full year."""
