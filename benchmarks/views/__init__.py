"""What a view that nobody has seen costs the server, and the reader who rests on it: `python -m benchmarks.views`."""
