"""Makes the parts of a table: columns that say what they hold, and cells whose numbers are numbers."""

from trade import number_text
from trade.charts.cube_reader import Quantity, Rank
from trade.charts.schema import Cell, Column, Point
from trade.charts.text.labels import status_text

# Of measures of which all cells have one unit.
UNITS = {"value": "US$", "share": "%", "change": "%", "cap": "%", "index": "index"}


def column(
    key: str,
    words: str,
    measure: str,
    component: str = "",
    flow: str = "",
    *,
    member: str = "",
    of: str = "",
    numeric: bool = True,
) -> Column:
    """A column and what it holds: column("share", "Share of all provinces", "share", "shown", "to_dprk", of=…)."""
    made = {"key": key, "label": words, "numeric": numeric, "measure": measure, "unit": UNITS.get(measure, "")}
    return made | {"component": component, "flow": flow, "member": member} | ({"of": of} if of else {})


def number(value: int | None, status: str = "A") -> Cell:
    """One number: {"text": "1,673,785,123", "value": 1673785123, "status": "P", "status_text": "provisional"}."""
    if value is None and status in ("A", "E"):
        status = ""
    return {"text": number_text.exact(value), "value": value, "status": status, "status_text": status_text(status)}


def word(text: str, value: int | float | None = None) -> Cell:
    """A cell of words, with the number that they write, if any: word("52%", 52.3714)."""
    return {"text": text, "value": value, "status": "A", "status_text": ""}


def percent(part: int | None, whole: int | None, sign: str = "") -> Cell:
    """A part of a whole, "52%"; blank where there is none to tell."""
    text = number_text.percent(part, whole)
    return word(sign + text if text else "", number_text.exact_percent(part, whole))


def place(rank: Rank | None) -> Cell:
    """A rank, "2", and of how many; blank where there is none."""
    return (word(str(rank.place), rank.place) if rank else word("")) | {"of": rank and rank.count}


def quantity(known: Quantity | None, value: int | None) -> list[Cell]:
    """How much there was, "22,480,000 t", and what one unit of it came to, "US$47.2/t"; blank where that is unknown."""
    if not known:
        return [word("") | {"unit": ""}, word("") | {"unit": ""}]
    text = f"{number_text.exact(round(known.amount))}{number_text.SPACE}{known.unit}"
    amount = word(text, _whole(known.amount)) | {"unit": known.unit}
    if not value or not known.amount:
        return [amount, word("") | {"unit": ""}]
    each = word(number_text.unit_value(value, *known), _digits(value / known.amount))
    return [amount, each | {"unit": f"US$/{known.unit}"}]


def drawn(point: Point, column: Column, *, estimated: bool = False) -> Cell:
    """A drawn point as a cell; where there is no estimate, nothing is missing."""
    if estimated and point["value"] is None:
        return word("")
    cell = number(point["value"], point["status"]) | {"status_text": point["status_text"]}
    if column["measure"] == "rank":
        return cell | {"of": point["text"].of}
    if column["measure"] in ("quantity", "unit_value"):
        unit = column["unit"]
        if point["value"] is None:
            return cell | {"text": point["text"], "unit": ""}
        exact = f"{number_text.exact(round(point['value']))}{number_text.SPACE}{unit}"
        return cell | {"text": exact if column["measure"] == "quantity" else point["text"], "unit": unit}
    # A share is written as it is drawn, dollars and places in full.
    return cell | {"text": point["text"]} if column["measure"] in ("share", "change", "index") else cell


def _whole(number):
    return int(number) if float(number).is_integer() else number


def _digits(number):
    """Six significant digits: what more there are, the division has made."""
    return float(f"{number:.6g}")
