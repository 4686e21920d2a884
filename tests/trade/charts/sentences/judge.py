"""Checks what a payload claims against the raw rows, by the rules of docs/sentences.md: the oracle.

`faults` returns what is wrong or unsaid, in words; an empty list where every text can be quoted.
"""

import re
from itertools import chain

from tests.trade.charts.sentences import claims, standings_by_hand
from tests.trade.charts.sentences.rows_by_hand import BOTH, Raw, a_year_before
from tests.trade.charts.sentences.scene import Misnamed, Scene
from tests.trade.charts.sentences.standing_forms import FORMS as STANDINGS

LARGE = 1.5


def faults(payload: dict, raw: Raw, names: dict) -> list[str]:
    """Find what the title and the sentence of a payload say that the rows do not bear, or leave unsaid."""
    scene = Scene(payload, raw, names)
    found = []
    for text in (payload["title"], payload["sentence"]):
        for claim in claims.read(text):
            found += [f"{fault} | {claim.form}: {claim.text} | in: {text}" for fault in of_claim(claim, scene)]
    return found


def of_claim(claim: claims.Claim, scene: Scene) -> list[str]:
    """Check one claim; the first thing that is wrong with it."""
    check = CHECKS.get(claim.form)
    if claim.form == "unknown":
        return ["a form that the rules do not know"]
    try:
        return list(check(claim.parts, scene)) if check else []
    except Misnamed as misnamed:
        return [str(misnamed)]


# Values and changes.


def _came_to(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    period = scene.period(parts["period"], flow)
    yield from _value(parts["value"], scene, flow, keys, period)
    is_compared = bool(parts.get("when"))
    if is_compared:
        yield from _change(parts, scene, flow, keys, period)
    if parts.get("basis") is not None:
        yield from _basis(parts["basis"], scene, flow, keys, period)
    named = [] if parts.get("basis") is not None else [period]
    yield from _caution(parts.get("caution"), scene, flow, keys, named + [a_year_before(period)] * is_compared)


def _side(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    keys = keys if scene.payload["state"].get("flow") != "balance" else scene.spoken_keys()
    period = scene.period(parts["period"], "balance")
    yield from _value(parts["value"], scene, flow, keys, period)
    yield from _basis(parts["basis"], scene, flow, keys, period)


def _value(text, scene, flow, keys, period):
    value = scene.raw.value(flow, keys, period)
    if value is None:
        yield "a value that no row has"
    elif not scene.writes(text, value, flow, period):
        yield f"the value is {value}"


def _change(parts, scene, flow, keys, period, earlier=None):
    """The change is that of the rows, between periods that may be compared, and says how they are."""
    if not parts.get("name") and not scene.chosen() and scene.is_remainder(parts["whole"]):
        yield "a change of a remainder"
    found = scene.raw.compared(flow, keys, period, earlier)
    earlier = a_year_before(period) if earlier is None else earlier
    if found is None:
        yield "a change between what may not be compared"
        return
    if parts["when"] != scene.label(earlier, flow, like=period):
        yield "a change against another period than the one before"
    if bool(parts["matched"]) != found.is_matched:
        yield "a change across missing figures that does not say so, or says so without any"
    if bool(parts["reported"]) != found.is_reported:
        yield "a change across other estimates that does not say so, or says so without any"
    if not _is_amount(parts["amount"], found.now, found.before, scene.uncertainty(flow, period, earlier)):
        yield f"the change is from {found.before} to {found.now}"
    yield from _turned_by_estimates(parts, scene, flow, keys, (earlier, period), found)


def _is_amount(text, now, before, uncertainty):
    if "times" in text:
        number = float(re.match(r"[\d.,]+", text).group().replace(",", ""))
        return abs(number - now / before) <= (0.051 if number < 100 else 0.51) and now >= 2 * before * 0.999
    if text == "the same as":
        return now == before
    if text == "about the same as":
        return abs(now - before) <= uncertainty
    is_right_way = now > before if text.endswith("more than") else now < before
    tolerance = 1 if text.startswith("about") else 0
    share = text.removeprefix("about ").rpartition(" ")[0].rpartition(" ")[0]
    is_near = tolerance and abs(float(share.rstrip("%")) - 100 * abs(now - before) / before) <= tolerance
    return is_right_way and (is_near or claims.is_share(share, now - before, before))


def _turned_by_estimates(parts, scene, flow, keys, periods, found):
    """Where estimates turn a change, make it large or move it by a tenth, the sentence says what was reported."""
    raw, (earlier, period) = scene.raw, periods
    if raw.worked_out or found.is_reported or not raw.estimated(flow, keys, [period]):
        return
    if found.is_matched or (isinstance(period, int) and raw.part(flow, period)):
        return
    now, before = (raw.reported(flow, keys, one) for one in (period, earlier))
    is_other = now is None or not before or _size(now, before) != _size(found.now, found.before)
    is_other = is_other or 10 * abs(found.now * before - now * found.before) >= found.before * before
    if is_other != ("on reported values alone" in (parts.get("caution") or "")):
        yield "estimates that decide a change and are not named as deciding it, or the other way round"


def _size(now, before):
    direction = (now > before) - (now < before)
    return direction * (2 if now >= LARGE * before or 2 * now <= before else 1)


# The span that a reader chose.

NEARLY_ALL = 0.95


def _went(parts, scene):
    """From the first period of the span that is known in full to the last, compared where the two may be."""
    flow, keys = _of_the_span(parts, scene)
    ends = _ends(scene, flow, keys)
    if [scene.label(one, flow) for one in ends] != [parts["first"], parts["last"]]:
        yield f"the span goes from {ends[0]} to {ends[-1]}"
        return
    first, last = ends
    yield from _value(parts["before"], scene, flow, keys, first)
    yield from _value(parts["now"], scene, flow, keys, last)
    if is_compared := bool(parts.get("when")):
        yield from _change(parts, scene, flow, keys, last, first)
    if is_compared != _is_like(scene, flow, keys, first, last):
        yield "ends of a span that may be compared and are not, or are and may not be"
    yield from _caution(parts["caution"], scene, flow, keys, [first, last])


def _of_the_span(parts, scene):
    """A balance is named as one, and is of what the page is about."""
    if scene.payload["state"].get("flow") == "balance":
        return "balance", scene.spoken_keys()
    return scene.whole(parts["whole"])


def _ends(scene, flow, keys):
    full = [one for one in scene.spanned() if not (isinstance(one, int) and scene.raw.part(flow, one))]
    valued = [one for one in full if scene.raw.value(flow, keys, one) is not None]
    return [valued[0], valued[-1]] if len(valued) > 1 else []


def _is_like(scene, flow, keys, first, last):
    """Years apart a change is said where what has a figure at both ends is nearly all at both."""
    found = None if flow == "balance" else scene.raw.compared(flow, keys, last, first)
    if found is None or not found.is_matched:
        return found is not None
    value = scene.raw.reported if found.is_reported else scene.raw.value
    pairs = zip((found.now, found.before), (value(flow, keys, one) or 0 for one in (last, first)), strict=True)
    return all(part >= NEARLY_ALL * whole for part, whole in pairs)


def unsaid(payload: dict, raw: Raw, names: dict) -> list[str]:
    """Find what a span calls for and the sentence does not say."""
    scene, state = Scene(payload, raw, names), payload["state"]
    if (state.get("from"), state.get("to")) == (None, None) or scene.payload_slug() == "other":
        return []
    flows = [state["flow"]] if "flow" in state else ["to_dprk", "from_dprk"]
    if scene.is_remainder():
        return []
    expected = sum(bool(_ends(scene, flow, scene.spoken_keys())) for flow in flows)
    said = sum(claim.form == "went" for claim in claims.read(payload["sentence"]))
    return [] if said == expected else [f"{said} ends of spans are said where there are {expected}"]


def _plain(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    period = scene.period(parts["period"], flow)
    yield from _value(parts["value"], scene, flow, keys, period)
    yield from _caution(parts["caution"], scene, flow, keys, [period])


def _latest(parts, scene):
    """The latest period with a value is named."""
    flow, keys = scene.whole(parts["whole"])
    yield from _is_newest(parts["period"], scene, flow, keys)


def _end(parts, scene):
    """It is said of the flow and the goods that a page is about."""
    yield from _is_newest(parts["period"], scene, scene.payload["state"]["flow"], scene.spoken_keys())


def _is_newest(text, scene, flow, keys):
    valued = [span for span in scene.periods() if scene.raw.value(flow, keys, span) is not None]
    if not valued or scene.label(valued[-1], flow) != text:
        yield f"the latest figure is of {valued[-1:]}"


# What stands beside a claim.


def _basis(text, scene, flow, keys, period):
    """The brackets behind a value name its estimates, and count what is missing."""
    estimated, missing = bool(scene.raw.estimated(flow, keys, [period])), scene.raw.missing(flow, keys, period)
    yield from _estimate(text, scene, flow, keys, period, estimated)
    counted = re.search(r"(\d+) figures? missing(?! from the total)", text)
    if missing != (int(counted.group(1)) if counted else 0):
        yield f"{missing} figures are missing behind the value"
    if scene.raw.is_unreliable(flow, keys, period) != ("low reliability" in text):
        yield "low reliability that is not named, or named without any"


def _estimate(text, scene, flow, keys, period, estimated):
    own = text.replace("the total includes an estimate", "")
    says = re.search(rf"of which ({claims.MONEY}) is an estimate|all of it estimated|worked out", own)
    if estimated != bool(says):
        yield "an estimate that is not named, or none that is"
    if says and says.group(1) and not scene.writes(says.group(1), scene.raw.estimate(flow, keys, period), flow, period):
        yield "another estimate"
    if estimated and ("all of it" in own) != (
        scene.raw.reported(flow, keys, period) is None and not scene.raw.worked_out
    ):
        yield "an estimate that is all, or is not"


def _caution(text, scene, flow, keys, periods):
    """The brackets behind a claim name the periods with estimates, and count what is missing in which."""
    text, raw = text or "", scene.raw
    named = re.match(rf"((?:{claims.PERIOD}(?:–|, | and )?)+) (?:include|partly|worked)", text)
    said = set(re.findall(claims.PERIOD, _one_by_one(named.group(1)))) if named else set()
    expected = {scene.label(one, flow) for one in periods if raw.estimated(flow, keys, [one])}
    if said != expected:
        yield f"estimates of {expected or 'none'} where {said or 'none'} are named"
    counted = {when: int(n) for n, when in re.findall(rf"(\d+) figures? missing in ({claims.PERIOD})", text)}
    for n, several in re.findall(rf"(\d+) figures? missing in each of ((?:{claims.PERIOD}(?:, | and )?)+)", text):
        counted |= dict.fromkeys(re.findall(claims.PERIOD, several), int(n))
    missing = {scene.label(one, flow): n for one in periods if (n := raw.missing(flow, keys, one))}
    if counted != missing:
        yield f"missing figures {missing} where {counted} are counted"
    unreliable = {scene.label(one, flow) for one in periods if raw.is_unreliable(flow, keys, one)}
    named = re.search(rf"low reliability in ((?:{claims.PERIOD}(?:, )?)+)", text)
    if unreliable != (set(re.findall(claims.PERIOD, named.group(1))) if named else set()):
        yield f"{unreliable or 'none'} are of low reliability"


def _one_by_one(text):
    """Years that are named as a span, one by one."""
    return re.sub(r"(\d{4})–(\d{4})", lambda ends: ", ".join(map(str, range(int(ends[1]), int(ends[2]) + 1))), text)


# Leads, ranks, records.


def _led(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    period, children = scene.period(parts["period"], flow), scene.children(parts["whole"])
    first = scene.node(parts["first"], children)
    if first is None or scene.leader(flow, children, period) != first:
        yield "another part leads, or none"
        return
    own, whole = scene.raw.value(flow, scene.raw.below(first), period), scene.raw.value(flow, keys, period)
    if not claims.is_share(parts["share"], own, whole):
        yield f"the share is {own} of {whole}"
    yield from _caution(parts["caution"], scene, flow, keys, [period])
    yield from _led_as_reported(parts["caution"], scene, flow, children, {period: first})


def _led_as_reported(text, scene, flow, children, led):
    """Who leads without estimates is named where it is another."""
    for period, first in led.items():
        keys = list(chain.from_iterable(map(scene.raw.below, children)))
        estimated = scene.raw.estimated(flow, keys, [period]) and not scene.raw.worked_out
        reported = scene.leader(flow, children, period, reported=True)
        valued = [one for one in children if scene.raw.reported(flow, scene.raw.below(one), period) is not None]
        words = f"on reported values alone, {scene.inside(reported) if reported else 'none of them'} led"
        if not reported and len(valued) == 1:
            words = f"only {scene.inside(valued[0])} has a reported value"
        said = re.search(rf"{re.escape(words)} in ((?:{claims.PERIOD}(?: and )?)+)", text or "")
        is_said = scene.label(period, flow) in re.findall(claims.PERIOD, said.group(1)) if said else False
        if bool(estimated and reported != first) != is_said:
            yield f"who led on reported values alone in {period} is not said, or said without need"


def _overtook(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    yield from _overtaken(parts, scene, flow, keys, scene.children(parts["whole"]))


def _overtook_among(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    chosen = scene.chosen()
    yield from _overtaken(parts, scene, flow, scene.spoken_keys(), chosen)
    if int(parts["count"]) != len(chosen):
        yield "another number is compared"


def _overtaken(parts, scene, flow, keys, children):
    period = scene.period(parts["period"], flow)
    earlier = a_year_before(period)
    first, second = (scene.node(parts[name], children) for name in ("first", "second"))
    if scene.leader(flow, children, period) != first or scene.leader(flow, children, earlier) != second or not first:
        yield "the lead did not change so"
        return
    known = [
        scene.raw.value(flow, scene.raw.below(node), when) for node in (first, second) for when in (period, earlier)
    ]
    if None in known or (isinstance(period, int) and scene.raw.part(flow, period)):
        yield "one of the two has no figure in one of the periods, or the year is not full"
    if not scene.raw.is_plain(flow, keys, period):
        yield "overtook across what may not be compared"
    yield from _caution(parts["caution"], scene, flow, keys, [period, earlier])
    yield from _led_as_reported(parts["caution"], scene, flow, children, {period: first, earlier: second})


def _among(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period, chosen = scene.period(parts["period"], flow), scene.chosen()
    first = scene.node(parts["first"], chosen)
    if scene.leader(flow, chosen, period) != first or int(parts["count"]) != len(chosen):
        yield "another leads of those compared, or none, or another number is compared"
        return
    yield from _value(parts["value"], scene, flow, scene.raw.below(first), period)
    yield from _caution(parts["caution"], scene, flow, scene.spoken_keys(), [period])
    yield from _led_as_reported(parts["caution"], scene, flow, chosen, {period: first})


def _rank(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period, slug = scene.period(parts["period"], flow), scene.payload_slug()
    place, count = scene.rank(flow, slug, period)
    said = 1 if parts["largest"] else int(parts["place"])
    if (said, int(parts["count"])) != (place, count):
        yield f"the rank is {place} of {count}"
    if parts["largest"] and scene.leader(flow, scene.raw.siblings(slug), period) != slug:
        yield "the largest is not alone the largest"
    keys = scene.raw.below(scene.parent(slug))
    own, whole = scene.raw.value(flow, scene.raw.below(slug), period), scene.raw.value(flow, keys, period)
    if not claims.is_share(parts["share"], own, whole):
        yield f"the share is {own} of {whole}"
    yield from _caution(parts["caution"], scene, flow, keys, [period])
    reported = scene.rank(flow, slug, period, reported=True)
    siblings = list(chain.from_iterable(map(scene.raw.below, scene.raw.siblings(slug))))
    is_other = bool(scene.raw.estimated(flow, siblings, [period])) and (reported is None or reported[0] != place)
    if is_other != ("on reported values alone" in (parts["caution"] or "")):
        yield "the place on reported values alone is not said, or said without need"


def _record(parts, scene):
    flow, keys = scene.whole(parts["whole"])
    year, raw = int(parts["period"]), scene.raw
    run = raw.run_around(flow, keys, year)
    if scene.is_remainder(parts["whole"]) or len(run) < 10:
        yield "a record out of fewer than ten years that can be compared, or of a remainder"
        return
    if [str(run[0]), str(run[-1])] != [parts["from"], parts["to"]]:
        yield f"the run of years is {run[0]}–{run[-1]}"
    extreme = _extreme(raw.value, flow, keys, run, year)
    if extreme != {"peak": "highest"}.get(parts["extreme"], parts["extreme"]):
        yield "no such record"
    yield from _value(parts["value"], scene, flow, keys, year)
    yield from _caution(parts["caution"], scene, flow, keys, run)
    is_other = not raw.worked_out and _extreme(raw.reported, flow, keys, run, year) != extreme
    if is_other != ("not on reported values alone" in (parts["caution"] or "")):
        yield "a record that estimates decide, and that does not say so"


def _extreme(value, flow, keys, run, year):
    values = {one: value(flow, keys, one) for one in run}
    own = values.pop(year)
    if own is None or None in values.values():
        return ""
    return "highest" if own > max(values.values()) else "lowest" if own < min(values.values()) else ""


def _accounted(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period, slug = scene.period(parts["period"], flow), scene.payload_slug()
    keys, all_ = scene.raw.below(slug), scene.raw.keys
    if scene.names[slug] != parts["name"]:
        yield "another place"
    yield from _value(parts["value"], scene, flow, keys, period)
    if not claims.is_share(parts["share"], scene.raw.value(flow, keys, period), scene.raw.value(flow, all_, period)):
        yield "another share"
    yield from _of_the_total(parts["basis"], scene, flow, keys, period)
    if parts.get("when"):
        yield from _change(parts, scene, flow, keys, period)
        yield from _caution(parts["caution"], scene, flow, keys, [a_year_before(period)])


def _of_the_total(text, scene, flow, keys, period):
    """What a share rests on besides the part's own value."""
    raw = scene.raw
    yield from _basis(text, scene, flow, keys, period)
    others = raw.estimated(flow, raw.keys, [period]) - raw.estimated(flow, keys, [period])
    if bool(others) != ("the total includes an estimate" in text):
        yield "an estimate in the total that is not named, or none that is"
    counted = re.search(r"(\d+) figures? missing from the total", text)
    lacking = raw.missing(flow, raw.keys, period) - raw.missing(flow, keys, period)
    if lacking != (int(counted.group(1)) if counted else 0):
        yield f"{lacking} figures are missing from the total"


def _other(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period, keys = scene.period(parts["period"], flow), scene.gathered()
    yield from _value(parts["value"], scene, flow, keys, period)
    if not claims.is_share(
        parts["share"], scene.raw.value(flow, keys, period), scene.raw.value(flow, scene.raw.keys, period)
    ):
        yield "another share"
    yield from _of_the_total(parts["basis"], scene, flow, keys, period)


def _led_by(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period, children = scene.period(parts["period"], flow), scene.children(parts["whole"])
    values = {child: scene.raw.value(flow, scene.raw.below(child), period) or 0 for child in children}
    ranked = sorted(values.values(), reverse=True)
    nodes = [scene.node(parts[name], children) for name in ("first", "second")]
    if None in nodes or [values[node] for node in nodes] != ranked[:2] or ranked[1:2] == ranked[2:3]:
        yield "others lead"
        return
    if any(scene.raw.is_remainder(node) for node in nodes):
        yield "a remainder leads"
    for node, text in zip(nodes, (parts["first_value"], parts["second_value"]), strict=True):
        yield from _value_with_estimate(text, scene, flow, node, period)


def _value_with_estimate(text, scene, flow, node, period):
    keys = scene.raw.below(node)
    if text == "no figure":
        if scene.raw.value(flow, keys, period) is not None:
            yield "a figure that is said to be none"
        return
    yield from _value(text.partition(", ")[0], scene, flow, keys, period)
    estimated = bool(scene.raw.estimated(flow, keys, [period]))
    yield from _estimate(text.partition(", ")[2], scene, flow, keys, period, estimated)


def _compared(parts, scene):
    flow, _keys = scene.whole(parts["whole"])
    period = scene.period(parts["period"], flow)
    told = parts["told"].split("; ")
    if len(told) != len(scene.chosen()):
        yield "another number is compared"
    for one in told:
        name, _space, value = re.match(r"(.+?)( )((?:−?US\$|no figure).*)", one).groups()
        yield from _value_with_estimate(value, scene, flow, scene.node(name, scene.chosen()), period)
    counted = re.search(r"(\d+) figures? missing", parts["basis"])
    if scene.raw.missing(flow, scene.spoken_keys(), period) != (int(counted.group(1)) if counted else 0):
        yield "figures are missing that are not counted"


def _shares(parts, scene):
    """Each has its share of the whole that is named, and its value."""
    flow, keys = scene.whole(parts["whole"])
    period = scene.period(parts["period"], flow)
    for one in parts["told"].split("; "):
        name, share, value = re.match(rf"(.+?) (?:({claims.SHARE}), )?((?:−?US\$|no figure).*)", one).groups()
        own = scene.node(name, scene.chosen())
        yield from _value_with_estimate(value, scene, flow, own, period)
        part, whole = (scene.raw.value(flow, of, period) for of in (scene.raw.below(own), keys))
        if share and not claims.is_share(share, part, whole):
            yield f"the share of {name} is {part} of {whole}"
    others = scene.raw.estimated(flow, keys, [period]) - scene.raw.estimated(flow, scene.spoken_keys(), [period])
    if bool(others) != ("the total includes an estimate" in parts["basis"]):
        yield "an estimate in the total that is not named, or none that is"


def _ranges(parts, scene):
    yield from standings_by_hand.ranges(parts["ranges"], scene)


def _balance(parts, scene):
    period, keys, raw = scene.period(parts["period"], "balance"), scene.spoken_keys(), scene.raw
    value, said = raw.value("balance", keys, period), parts["sold"]
    amount = re.search(claims.MONEY, said)
    if value is None or (amount and not scene.writes(amount.group(), abs(value), "balance", period)):
        yield f"the balance is {value}"
        return
    way = 1 if "sold the DPRK US$" in said else -1 if said.startswith("bought") else 0
    if way != (value > 0) - (value < 0) and not (way == 0 and "about" in said):
        yield f"the balance is {value}"
    yield from _caution(parts["caution"], scene, "balance", keys, [period])
    to, back = (raw.reported(one, keys, period) for one in BOTH)
    reported = None if to is None or back is None else to - back
    is_other = bool(raw.estimated("balance", keys, [period])) and not raw.worked_out
    is_other = is_other and (reported is None or (reported > 0) - (reported < 0) != (value > 0) - (value < 0))
    if is_other != ("on reported values alone" in (parts["caution"] or "")):
        yield "estimates that decide a balance and are not named as deciding it"


CHECKS = {
    "came to": _came_to, "side": _side, "value": _plain, "led": _led, "overtook": _overtook, "among": _among,
    "overtook among": _overtook_among, "rank": _rank, "record": _record, "accounted": _accounted, "other": _other,
    "led by": _led_by, "compared": _compared, "balance": _balance, "latest": _latest, "end": _end, "went": _went,
    "shares": _shares, "ranges": _ranges, "standing of two": standings_by_hand.of_two,
    "standing of several": standings_by_hand.of_several,
}  # fmt: skip
# Titles that state a change or a rank.
TELLING = {*STANDINGS, "led", "overtook", "among", "overtook among", "rank", "record", "balance"}


def tells(payload: dict) -> bool:
    """Whether a title states a change or a rank."""
    return any(
        claim.form in TELLING or (claim.form == "came to" and claim.parts["when"])
        for claim in claims.read(payload["title"])
    )


def is_of_a_remainder(payload: dict) -> bool:
    """Whether a page is of what is gathered or not specified."""
    return payload["url"].startswith("/commodities/other/") or any(
        crumb["label"].startswith("Unspecified") for crumb in payload["crumbs"]
    )
