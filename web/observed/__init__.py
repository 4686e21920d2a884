"""What operators see of the requests that a server answers: a line of the log for each, and metrics for Prometheus."""
