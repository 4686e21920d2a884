"""Imports and exports small tables in the admin, as .xlsx, .ods and .csv, and shows their history.

A file -> `reader` (in a child of spreadsheets) -> `resources` -> what would change -> the table; back by `writer`.
"""
