"""The first page of the admin: what an editor can do, what waits, what was done; and the guide."""
