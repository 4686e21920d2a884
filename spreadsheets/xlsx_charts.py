"""Draws native charts of a workbook: lines and stacked columns of the table on their own sheet.

Values and categories are references to cells, so that the chart follows whoever edits the table. A blank cell is a
gap, never zero. Estimates are hatched, as on the pages.
"""

from dataclasses import dataclass, field

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

WIDTH, HEIGHT = 25, 11  # cm
MILLIONS = "#,##0,,"  # shows 1,673,785,123 as 1,674
HATCH = "wdUpDiag"


@dataclass(frozen=True)
class Drawn:
    """One series: the column of the table that it draws, counted from 1, its name and colour ("3c5c95")."""

    column: int
    name: str
    colour: str
    is_estimate: bool = False


@dataclass
class Picture:
    """One chart, "line" or "stacked", and the words that stand for it where it cannot be seen."""

    kind: str
    title: str
    axis: str
    description: str
    series: list[Drawn] = field(default_factory=list)


def draw(picture: Picture, page, first: int, last: int):
    """Make the openpyxl chart of a picture: categories in column A, values in rows first to last."""
    chart = LineChart() if picture.kind == "line" else BarChart()
    if picture.kind == "stacked":
        chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 40
    for drawn in picture.series:
        values = Reference(page, min_col=drawn.column, min_row=first, max_row=last)
        chart.series.append(_series(picture.kind, drawn, values))
    chart.set_categories(Reference(page, min_col=1, min_row=first, max_row=last))
    _dress(chart, picture)
    return chart


def _series(kind, drawn, values):
    series = Series(values, title=drawn.name)
    series.tx = SeriesLabel(v=drawn.name)
    series.smooth = False
    if kind == "line":
        series.graphicalProperties = GraphicalProperties(ln=_line(drawn))
        series.marker.symbol = "none"
    else:
        series.graphicalProperties = _fill(drawn)
    return series


def _line(drawn):
    return LineProperties(w=28_000, solidFill=drawn.colour, prstDash="sysDash" if drawn.is_estimate else "solid")


def _fill(drawn):
    outline = LineProperties(w=6_000, solidFill="FFFFFF")
    if not drawn.is_estimate:
        return GraphicalProperties(solidFill=drawn.colour, ln=outline)
    ground, ink = ColorChoice(srgbClr="FFFFFF"), ColorChoice(srgbClr=drawn.colour)
    hatched = GraphicalProperties(ln=LineProperties(w=6_000, solidFill=drawn.colour))
    hatched.pattFill = PatternFillProperties(prst=HATCH, fgClr=ink, bgClr=ground)
    return hatched


def _dress(chart, picture):
    chart.title, chart.width, chart.height = picture.title, WIDTH, HEIGHT
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1300, b=True))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = CharacterProperties(sz=1300, b=True)
    chart.title.overlay = False
    chart.display_blanks = "gap"
    chart.legend.position = "r" if picture.kind == "stacked" else "b"
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl hides them by leaving this unsaid
    chart.x_axis.number_format, chart.x_axis.tickLblPos = "@", "low"
    chart.y_axis.number_format, chart.y_axis.title = MILLIONS, picture.axis
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(w=6_000, solidFill="DDDDDD"))
    small = CharacterProperties(sz=900)
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])
    chart.y_axis.title.tx.rich.p[0].r[0].rPr = CharacterProperties(sz=900, b=False)
