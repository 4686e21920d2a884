"""Template tags that know of the request alone."""
