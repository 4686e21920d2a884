"""Which spellings of provinces and chapters are known, and what each of them means."""

from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext as _

from trade.models import Alias, Chapter, Province
from trade.reference.spelling import LETTER, normalise

OF_PROVINCE = ("code", "gb_code", "gacc_code", "name_en", "name_zh", "name_ko")
OF_CHAPTER = ("code", "title", "short_title")
# Official names are reduced anew for each file that is read; there are some 700, and none is long.
_spelling = lru_cache(maxsize=4096)(normalise)


def known_spellings(kind: str, without: Alias | None = None) -> dict[str, str]:
    """Map every known spelling of a province, or of a chapter, to its code.

    `known_spellings("province")` -> {"liaoning": "CN-LN", "辽宁": "CN-LN", "cnln": "CN-LN", "21": "CN-LN", …};
    `known_spellings("commodity")` -> {"27": "27", "chapter27": "27", "mineralfuels": "27", …}.
    The keys are as `spelling.normalise` gives them. A spelling that two things share is left out, never
    guessed. An alias gives way to an official name.
    """
    is_province = kind == "province"
    aliases, table = ("province", Province) if is_province else ("chapter", Chapter)
    rows = table.objects.values_list(*(OF_PROVINCE if is_province else OF_CHAPTER))
    words = _official(tuple(rows), _province_spellings if is_province else _chapter_spellings)
    others = Alias.objects.exclude(**{aliases: None}).exclude(pk=without.pk if without else None)
    added = _agreed(others.values_list("name", aliases))
    return added | words


def clash(alias: Alias) -> str:
    """Say why an alias cannot be: "“Hebei” already means CN-HE." for Hebei -> Hubei; "" where it can."""
    kind, code = ("province", alias.province_id) if alias.province_id else ("commodity", alias.chapter_id)
    spelling = normalise(alias.name)
    if not spelling:
        return _("“%(name)s” must contain at least one letter or digit.") % {"name": alias.name}
    if kind == "province" and not (LETTER.search(spelling) or spelling.isdigit() and len(spelling) > 2):
        return _("“%(name)s” must contain at least one letter: numbers may be those of lines in a list.") % {
            "name": alias.name
        }
    meant = known_spellings(kind, without=alias).get(spelling, code)
    return (
        "" if meant == code else _("“%(name)s” is already assigned to %(code)s.") % {"name": alias.name, "code": meant}
    )


@lru_cache(maxsize=4)
def _official(rows, spellings):
    """Work the official spellings out once for the rows of a table as they are."""
    return MappingProxyType(_agreed((spelling, row[0]) for row in rows for spelling in spellings(*row)))


def _province_spellings(*code_and_names):
    return code_and_names


def _chapter_spellings(code, *names):
    prefixed = (f"{word} {code}" for word in ("chapter", "ch", "hs"))
    return (code, *prefixed, *names, *(f"{code} {name}" for name in names))


def _agreed(spellings) -> dict[str, str]:
    """Keep the spellings that mean one code only."""
    codes = {}
    for spelling, code in spellings:
        codes.setdefault(_spelling(spelling), set()).add(code)
    return {spelling: min(meant) for spelling, meant in codes.items() if spelling and len(meant) == 1}
