"""The units in which figures are drawn: dollars, per cent of a whole, an index, the change from a year earlier."""
