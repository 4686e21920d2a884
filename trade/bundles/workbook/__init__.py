"""The workbook of a release: cover, contents, notes, wide and long data, charts, changes, sanctions."""
