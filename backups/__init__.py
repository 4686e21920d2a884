"""Backups: the whole site in one file, its return, and the copy of a database from SQLite to PostgreSQL."""
