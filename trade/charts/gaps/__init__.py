"""The page of gaps: of each part and period of a dataset, whether it is reported, estimated, missing or not listed."""
