"""Checks what a title says of who led in which periods, and the ranges below it, against the raw rows."""

import re
from itertools import chain

from tests.trade.charts.sentences import claims
from tests.trade.charts.sentences.scene import Scene
from tests.trade.charts.sentences.standing_forms import P

VERBS = {
    "sold the DPRK more than": "to_dprk",
    "bought more from the DPRK than": "from_dprk",
    "traded more with the DPRK than": "both",
}


def of_two(parts: dict, scene: Scene):
    """Check "Guangdong sold the DPRK more than Liaoning in 2018 and 2019 only, of 27 years from 1998 to 2024"."""
    flow = VERBS.get(parts["more"]) or scene.whole(parts["whole"])[0]
    if flow != scene.payload["state"]["flow"]:
        yield "another direction"
    nodes = [scene.node(parts[name], scene.chosen()) for name in ("first", "second")]
    if sorted(map(str, nodes)) != sorted(scene.chosen()):
        yield "others are compared"
        return
    yield from _standings(parts, scene, flow, nodes[0])


def of_several(parts: dict, scene: Scene):
    """Check "Of the 3 provinces compared, Liaoning led … in 25 of 27 years from 1998 to 2024; Guangdong led in 2"."""
    flow = scene.whole(parts["whole"])[0]
    first, leaders = scene.node(parts["first"], scene.chosen()), _leaders(scene, flow)
    if int(parts["number"]) != len(scene.chosen()):
        yield "another number is compared"
    if any(_led(leaders, one) > _led(leaders, first) for one in scene.chosen()):
        yield "another led more often"
    yield from _standings(parts, scene, flow, first)
    for name, when in re.findall(r"; (.+?) led in ([^;]+)", parts["others"]):
        other = scene.node(name, scene.chosen())
        own = [period for period, one in leaders.items() if one == other]
        if own != _read(when, scene, flow, leaders) and when != str(len(own)):
            yield f"{name} led in {own}"


def _standings(parts, scene, flow, first):
    leaders = _leaders(scene, flow)
    known, own = list(leaders), [period for period, one in leaders.items() if one == first]
    if not known or [scene.label(known[0], flow), scene.label(known[-1], flow)] != [parts["from"], parts["to"]]:
        yield f"the periods are {known}"
        return
    between = [one for one in scene.spanned() if known[0] <= one <= known[-1]]
    if bool(parts["all"] or parts["gaps"]) != (len(between) > len(known)):
        yield "periods are left out, and it is not said, or said without any"
    if int(parts["count"] or parts["all"] or len(known)) != len(known):
        yield f"{len(known)} periods can be compared"
    if (parts["every"] or parts["all"]) and own != known:
        yield f"{first} led in {own} alone"
    if parts["led"] and int(parts["led"]) != len(own):
        yield f"{first} led in {len(own)}"
    if parts["only"] and _read(parts["only"], scene, flow, leaders) != own:
        yield f"{first} led in {own}"
    yield from _rests_on(parts["caution"] or "", scene, flow, leaders)


def _led(leaders, node):
    return list(leaders.values()).count(node)


def _leaders(scene, flow, value=None):
    """Who leads in each period in which each of those compared has a whole and reliable figure."""
    value, found = value or scene.raw.value, {}
    for period in scene.spanned():
        if isinstance(period, int) and (scene.raw.part(flow, period) or period >= 2026):
            continue
        keys = {node: scene.raw.below(node) for node in scene.chosen()}
        if all(_is_whole(scene.raw, flow, of, period) for of in keys.values()):
            found[period] = _largest({node: value(flow, of, period) for node, of in keys.items()})
    return found


def _is_whole(raw, flow, keys, period):
    is_known = raw.value(flow, keys, period) is not None and not raw.missing(flow, keys, period)
    return is_known and not raw.is_unreliable(flow, keys, period)


def _largest(values):
    if None in values.values():
        return None
    largest = [node for node, value in values.items() if value == max(values.values())]
    return largest[0] if len(largest) == 1 else None


def _read(text, scene, flow, leaders):
    """Read periods: "2009, 2013–2017 and 2019" -> [2009, 2013, …, 2017, 2019]."""
    names = {scene.label(period, flow): period for period in leaders}
    found = []
    for part in re.split(r", | and ", text):
        ends = [names.get(end) for end in ([part] if part in names else re.split(r" to |(?<=\d{4})–", part))]
        if None in ends:
            return []
        found += [period for period in leaders if ends[0] <= period <= ends[-1]]
    return found


def _rests_on(text, scene, flow, leaders):
    """The periods with estimates are named, and those in which another would lead without."""
    raw = scene.raw
    keys = list(chain.from_iterable(map(raw.below, scene.chosen())))
    estimated = [period for period in leaders if raw.estimated(flow, keys, [period])]
    named = re.match(r"(.+?) (?:includes? estimates|at least partly worked out)", text)
    if _read(named.group(1), scene, flow, leaders) != estimated if named else bool(estimated):
        yield f"estimates in {estimated} where “{text}” is said"
    if raw.worked_out:
        return
    reported = _leaders(scene, flow, raw.reported)
    other = {period for period in estimated if reported[period] != leaders[period]}
    alone = text.partition("on reported values alone, ")[2]
    told = re.findall(r"(?:there is no leader|([^;]+?) led) in ([^;]+)", alone)
    said = {period: scene.node(name.strip(), scene.chosen()) if name else None for name, when in told
            for period in _read(when, scene, flow, leaders)}  # fmt: skip
    if said != {period: reported[period] for period in other}:
        yield f"without estimates {other} have other leaders, where “{text}” is said"


def ranges(text: str, scene: Scene):
    """Check "Lowest and highest year: Liaoning US$116 m in 2021, US$1.87 bn in 2014 (2014 includes estimates); …"."""
    flow = scene.payload["state"]["flow"]
    for one in text.split("; "):
        found = re.match(rf"(.+?) (−?{claims.MONEY}) in ({P}), (−?{claims.MONEY}) in ({P})(?: \(([^()]*)\))?$", one)
        if not found:
            yield f"a range that cannot be read: {one}"
            continue
        yield from _range(found.groups(), scene, flow)


def _range(said, scene, flow):
    name, low, low_at, high, high_at, caution = said
    keys = scene.raw.below(scene.node(name, scene.chosen()))
    values = {
        period: scene.raw.value(flow, keys, period)
        for period in scene.spanned()
        if not (isinstance(period, int) and (scene.raw.part(flow, period) or period >= 2026))
        and _is_whole(scene.raw, flow, keys, period)
    }
    ends = [(low, low_at, min(values.values())), (high, high_at, max(values.values()))]
    for text, at, extreme in ends:
        period = next((one for one in values if scene.label(one, flow) == at), None)
        if values.get(period) != extreme or not scene.writes(text, extreme, flow, period):
            yield f"{name}: {text} in {at} is not {extreme}"
        is_estimated = bool(period and scene.raw.estimated(flow, keys, [period]))
        if is_estimated != (at in (caution or "")):
            yield f"{name}: estimates of {at} are named, or not, where they are {is_estimated}"
