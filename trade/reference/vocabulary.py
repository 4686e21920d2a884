"""Which spellings of provinces and chapters are known, and what each of them means."""

from functools import lru_cache

from django.utils.translation import gettext as _

from trade.models import Alias, Chapter, Province
from trade.reference.spelling import LETTER, normalise

# Official names are reduced anew for each file that is read; there are some 700, and none is long.
_spelling = lru_cache(maxsize=4096)(normalise)


def known_spellings(kind: str, without: Alias | None = None) -> dict[str, str]:
    """Map every known spelling of a province, or of a chapter, to its code.

    `known_spellings("province")` -> {"liaoning": "CN-LN", "辽宁": "CN-LN", "cnln": "CN-LN", "21": "CN-LN", …};
    `known_spellings("commodity")` -> {"27": "27", "chapter27": "27", "mineralfuels": "27", …}.
    The keys are as `spelling.normalise` gives them. A spelling that two things share is left out, never
    guessed. An alias gives way to an official name.
    """
    official, aliases = (_province_spellings, "province") if kind == "province" else (_chapter_spellings, "chapter")
    words = _agreed(official())
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


def _province_spellings():
    for province in Province.objects.all():
        names = (province.name_en, province.name_zh, province.name_ko)
        for spelling in (province.code, province.gb_code, province.gacc_code, *names):
            yield spelling, province.code


def _chapter_spellings():
    for chapter in Chapter.objects.all():
        code, names = chapter.code, (chapter.title, chapter.short_title)
        prefixed = (f"{word} {code}" for word in ("chapter", "ch", "hs"))
        for spelling in (code, *prefixed, *names, *(f"{code} {name}" for name in names)):
            yield spelling, code


def _agreed(spellings) -> dict[str, str]:
    """Keep the spellings that mean one code only."""
    codes = {}
    for spelling, code in spellings:
        codes.setdefault(_spelling(spelling), set()).add(code)
    return {spelling: min(meant) for spelling, meant in codes.items() if spelling and len(meant) == 1}
