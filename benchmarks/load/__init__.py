"""A rush on a real site: readers who ask on a schedule of their own, one editor who publishes, one who saves.

`python -m benchmarks.load` runs it and writes the tables of docs/benchmarks.md; tests/load/ holds the limits.
"""
