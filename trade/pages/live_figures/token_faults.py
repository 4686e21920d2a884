"""Says what is wrong with the tokens of a text and the names of things, with the nearest that would be right."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from trade.charts.cube_reader import months_of, reading
from trade.models import Chapter, Commodity, Dataset, Province, Section
from trade.pages.live_figures.figures import Figures
from trade.pages.live_figures.token_text import ALL, FLOWS, NEWEST, PERIOD, TOKEN, WHATS, WORDS, Token, kind_of, read

FORM = "{{ value from_dprk 27 2016 china-commodities }}"
LONGEST = 60  # characters of what was found that a message repeats


def faults(text: str, stored: str = "") -> list[str]:
    """What is wrong with the live figures of an answer, each in a sentence with what to do; [] where nothing is.

    What stands in the stored answer already is not asked about: a release may have taken its value away since.
    """
    figures, found, rest = Figures(), [], TOKEN.sub("", text)
    for match in TOKEN.finditer(text):
        if match[0] in stored:
            continue
        token = read(match[1])
        fault = _of_data(figures, token) if token else _of_form(match[1].lower().split())
        if fault:
            found.append(_("%(token)s: %(fault)s") % {"token": _quoted(match[0]), "fault": fault})
    if "{{" in rest:
        place = rest[rest.index("{{") :]
        words = {"found": _quoted(place), "form": FORM}
        found.append(_("%(found)s: a live figure ends with }} and has no other braces. Write it as %(form)s.") % words)
    return found


def _quoted(found):
    return f"“{found[:LONGEST]}…”" if len(found) > LONGEST else f"“{found}”"


def _of_form(parts):
    """What is wrong with the words of a token, the first of all."""
    if not WORDS <= len(parts) <= WORDS + 1:
        return _("a live figure has four words, or five with its dataset. Write it as %(form)s.") % {"form": FORM}
    what, flow, _key, period, *_dataset = parts
    if what not in WHATS:
        return _one_of(what, WHATS, _("“%(found)s” is not a kind of figure. Write %(known)s."))
    if flow not in FLOWS:
        return _one_of(flow, FLOWS, _("“%(found)s” is not a direction. Write %(known)s."))
    if not PERIOD.fullmatch(period):
        words = {"found": period[:LONGEST]}
        return _("“%(found)s” is not a year or month. Write 2016, 2025-03 or newest.") % words
    return ""


def _one_of(found, known, sentence):
    """A sentence with what was found and what there is, the nearest by itself."""
    near = get_close_matches(found, known, 1)
    *others, last = known
    listed = _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last} if others else last
    said = sentence % {"found": found[:LONGEST], "known": listed}
    return f"{said} {_('Did you mean “%(near)s”?') % {'near': near[0]}}" if near else said


def _of_data(figures, token):
    """Why the releases hold nothing of the kind that a token asks for; a missing value is no fault."""
    cube = figures.cube_of(token)
    if cube is None:
        return _no_dataset(figures, token)
    if token.key not in cube["nodes"]:
        return _no_node(cube, token)
    cells, period = reading(cube, FLOWS[token.flow], monthly="-" in str(token.period)), token.period
    if period != NEWEST and period not in cells.periods:
        return _no_period(cube, period)
    return ""


def _no_dataset(figures, token):
    known = [slug for slug, release in figures.releases.items() if _lists(release.dataset, token.key)]
    if not known:
        return _("no dataset that lists “%(found)s” has been released.") % {"found": token.key[:LONGEST]}
    if token.dataset:
        return _one_of(token.dataset, known, _("no dataset “%(found)s” has been released. Write %(known)s."))
    return _("name the dataset as the fifth word: %(known)s.") % {"known": ", ".join(known)}


def _lists(dataset, key):
    return key == ALL or kind_of(key) in ("", dataset.kind)


def _no_node(cube, token: Token):
    words = {"found": token.key[:LONGEST], "dataset": cube["dataset"]["slug"]}
    near = nearest(token.key, [slug for slug in cube["nodes"] if slug != ALL]) or [ALL]
    words["near"] = ", ".join(near)
    return _("“%(found)s” is not in %(dataset)s. Nearest: %(near)s.") % words


def _no_period(cube, period):
    months = months_of(cube)
    words = {"found": period, "dataset": cube["dataset"]["slug"], "first": cube["years"][0], "last": cube["years"][-1]}
    if isinstance(period, int):
        return _("%(dataset)s has no year %(found)s. It covers %(first)s to %(last)s.") % words
    if not months:
        return _("%(dataset)s has no months. Write a year, %(first)s to %(last)s.") % words
    words |= {"first": months[0], "last": months[-1]}
    return _("%(dataset)s has no month %(found)s. Its months are %(first)s to %(last)s.") % words


def nearest(found: str, known: list[str]) -> list[str]:
    """The nearest right codes: those that begin alike, else those that are spelled alike; three at the most."""
    if found.isdigit():
        for length in range(len(found), 1, -1):
            if near := [code for code in known if code.isdigit() and code.startswith(found[:length])]:
                return near[:3]
    return get_close_matches(found, known, 3)


def unknown(keys: Iterable[str]) -> dict[str, list[str]]:
    """Those of some slugs that name no section, code, province or dataset, with the nearest: {"2799": ["2701"]}."""
    tables = (
        (Section, "number"), (Chapter, "code"), (Commodity, "code"), (Province, "code"), (Dataset, "slug"),
    )  # fmt: skip
    wanted = list(keys)
    known = [slug.lower() for model, name in tables for slug in model.objects.values_list(name, flat=True)]
    return {key: nearest(key, known) for key in wanted if key not in set(known)}
