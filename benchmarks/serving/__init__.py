"""What the server sends a second, against a bare function, an earlier commit, nginx and Datasette.

`python -m benchmarks.serving` measures it and writes the tables of docs/benchmarks.md.
"""
