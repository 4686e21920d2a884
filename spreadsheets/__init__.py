"""Opens files as sheets of cells, in a child process with limits, and writes .xlsx workbooks; knows nothing of trade.

Bytes -> `opening` (by what they are) -> a Book of Sheets; sheets of rows -> `xlsx_writer` -> one workbook.
"""
