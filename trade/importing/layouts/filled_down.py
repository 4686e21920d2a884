"""Repeats in a long table what stands once for the rows below it, as pivot tables and merged cells write it.

Province   Flow      Year   Value
Liaoning   Exports   2018   1
                     2019   2
           Imports   2018   3
"""

from spreadsheets.sheet import BLANKS


class FilledDown:
    """The columns of names, flows and years of a table in which a text may stand once for several rows.

    `columns` are their places, `values` those of the columns of values. `counts` says how many cells were filled.
    """

    def __init__(self, columns: list[int], values: list[int]):
        self.columns, self.values = columns, values
        self.stands_once = {}  # by column; the first piece of a table decides for all
        self.last = dict.fromkeys(columns, "")
        self.counts = dict.fromkeys(columns, 0)

    def fill(self, piece: list[tuple]) -> list[tuple]:
        """Return the columns of a piece of the table, the blank cells beside values filled with the cell above."""
        blank = [i for i in self.columns if ("" in piece[i] or None in piece[i]) and self._stands_once(i, piece)]
        if not blank or len(blank) == len(self.columns):  # something must tell such rows apart from notes
            return piece
        has_value = self._have_values(piece)
        return [self._filled(i, column, has_value) if i in blank else column for i, column in enumerate(piece)]

    def _have_values(self, piece):
        """Tell of each row whether it holds a value."""
        return [any(value not in BLANKS for value in row) for row in zip(*(piece[i] for i in self.values), strict=True)]

    def _filled(self, i, column, has_value):
        cells = []
        for cell, is_filled in zip(column, has_value, strict=True):
            if cell not in BLANKS:
                self.last[i] = cell
            elif is_filled and self.last[i] not in BLANKS:
                cell = self.last[i]
                self.counts[i] += 1
            cells.append(cell)
        return tuple(cells)

    def _stands_once(self, i, piece):
        """Tell a column in which no text is repeated in the next row, and two cells or more are left blank.

        One stray blank in a column that repeats its texts is a fault.
        """
        if i not in self.stands_once:
            cells = [cell for cell, is_filled in zip(piece[i], self._have_values(piece), strict=True) if is_filled]
            repeats = any(cell == after for cell, after in zip(cells, cells[1:], strict=False) if cell not in BLANKS)
            begins = bool(cells) and cells[0] not in BLANKS
            self.stands_once[i] = begins and not repeats and sum(cell in BLANKS for cell in cells) > 1
        return self.stands_once[i]
