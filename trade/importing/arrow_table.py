"""Builds the Arrow tables that every reader returns: one of observations, one of stated totals.

The child process that reads files does without pandas, which is slow to start.
"""

import pyarrow as pa

TYPES = {
    "file": pa.string(),
    "sheet": pa.string(),
    "row": pa.int32(),
    "column": pa.string(),
    "key": pa.string(),
    "flow": pa.string(),
    "year": pa.int32(),
    "month": pa.int32(),
    "component": pa.string(),
    "value_usd": pa.int64(),
    "status": pa.string(),
    "quantity": pa.float64(),
    "quantity_unit": pa.string(),
    "note": pa.string(),
    "publisher": pa.string(),
    "source": pa.string(),
    "precision_usd": pa.int64(),
}
ALL = "all"  # what a row of totals is about, its key
TOTALS = ["file", "sheet", "row", "column", "flow", "year", "month", "value_usd"]
SCHEMA = pa.schema(TYPES)
TOTALS_SCHEMA = pa.schema([(name, TYPES[name]) for name in TOTALS])


def build(size: int, schema: pa.Schema = SCHEMA, **columns) -> pa.Table:
    """Build a table of `size` rows: `build(2, file="a.csv", row=[2, 3], …)`. One value fills a column; none is null."""
    arrays = [_array(columns.get(field.name), size, field.type) for field in schema]
    return pa.table(arrays, schema=schema)


def _array(values, size, kind):
    if isinstance(values, pa.Array):
        return values
    if values is None:
        return pa.nulls(size, kind)
    if isinstance(values, (str, int)):
        return pa.repeat(pa.scalar(values, kind), size)
    return pa.array(values, kind, size=size)


def concatenate(tables: list[pa.Table], schema: pa.Schema = SCHEMA) -> pa.Table:
    """Put tables below each other; of none, make an empty one."""
    return pa.concat_tables(tables) if tables else schema.empty_table()
