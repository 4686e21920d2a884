"""The two layouts of tables that people make: long, one row a value, and wide, names down and periods across."""
