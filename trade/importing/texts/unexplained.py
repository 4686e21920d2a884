"""Finds what a title says beyond what the readers understand: its places, flows, units, periods and usual words.

Whatever remains may change what the values are ("of coal", "边境小额贸易", "계획"): an editor has to confirm it.
"""

import re
import tomllib
from pathlib import Path

from trade.importing.texts import countries, money_units, period_values
from trade.importing.texts.heading_text import plain

USUAL = tomllib.loads(Path(__file__).with_name("usual_words.toml").read_text(encoding="utf-8"))
ENGLISH = set(USUAL["english"].split())
CHINESE, KOREAN = (re.compile("|".join(USUAL[language].split())) for language in ("chinese", "korean"))
YEARS = re.compile(rf"(?:fy|cy)?{period_values.YEAR}(?: ?[年년]?(?:度|도)?)?(?![a-z])")
LINK = re.compile(r"https?://\S+|www\.\S+")


def words(text) -> list[str]:
    """List the words of a text that say more than is understood: "Exports of coal to the DPRK" -> ["coal"]."""
    rest = LINK.sub(" ", plain(text).replace("’", "'"))
    rest = countries.without_names(rest)
    for pattern in (*money_units.SCALED, re.compile(money_units.DOLLAR), money_units.LOOSE, YEARS):
        rest = pattern.sub(" ", rest)
    han = re.findall(r"[\u3400-\u9fff]+", CHINESE.sub(" ", rest))
    hangul = [word for word in re.findall(r"[가-힣]+", rest) if KOREAN.sub("", word)]
    latin = re.findall(r"[^\W\d_\u3400-\u9fff가-힣](?:[^\W_\u3400-\u9fff가-힣]|[.'-](?=\w))*", rest)
    unknown = [word for word in latin if not _is_usual(word)]
    percent = ["%"] if "%" in rest else []
    return [*unknown, *han, *hangul, *percent]


def _is_usual(word):
    """Tell a usual word, with a possessive or a number behind it or without: "sheet1", "province's", "jan-dec", "s"."""
    parts = [re.sub(r"\d+$", "", part.strip(".'")) for part in re.sub(r"'s$|'$", "", word).split("-")]
    return all(len(part) < 2 or part in ENGLISH for part in parts)
