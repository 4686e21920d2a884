"""Builds the files that readers fetch of a release: rows and changes -> CSV, Parquet, JSON, workbook, metadata, .zip.

Output only: trade.publishing has a bundle built before its release is made, and nothing is read back from it but the
sums that charts draw.
"""
