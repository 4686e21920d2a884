"""Every message that an editor can meet is listed with its cure in docs/editors.md."""

import ast
import re
from pathlib import Path

from trade.importing import cell_values
from trade.importing.texts import period_values

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [
    *(ROOT / "spreadsheets").glob("*.py"),
    *(ROOT / "trade/importing").rglob("*.py"),
    ROOT / "tables/reader.py",
    *(ROOT / "trade/publishing").glob("*.py"),
]
SPEAKERS = {"Fault", "fault", "Wrong", "Question", "warning", "leap"}


def names_in(path):
    """Every short name that a module gives to a fault, a question or a warning."""
    for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
        speaker = getattr(call.func, "id", getattr(call.func, "attr", "")).strip("_")
        if speaker in SPEAKERS:
            named = [k.value for k in call.keywords if k.arg in ("code", "key")]
            texts = [a.value for a in [*named, *call.args] if isinstance(a, ast.Constant)]
            yield from (text for text in texts[:2] if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)*", text))


def test_every_message_is_in_the_guide():
    said = {name for path in SOURCES for name in names_in(path)} | {
        code for _pattern, code, _advice in cell_values.REASONS
    }
    said |= {code for _pattern, code, _advice in period_values.NO_PERIODS}
    listed = set(re.findall(r"`([a-z-]+)`", (ROOT / "docs/editors.md").read_text()))
    # Found where a name may stand, and no names: a sheet, and words of a sentence.
    assert said - listed - {"cover", "value", "none", "published"} == set()
