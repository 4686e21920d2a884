"""Writes long tables quickly: Arrow columns as texts, as cells of a sheet, and parts of a .zip already compressed."""
