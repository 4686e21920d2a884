"""Checks every number that is drawn over time against the raw rows: dollars, changes, index numbers, seasons."""

from tests.trade.charts.sentences import texts, tooltips
from tests.trade.charts.sentences.rows_by_hand import Raw
from tests.trade.charts.sentences.scene import Scene

NEAR = 1e-3


def faults(payload: dict, raw: Raw, names: dict) -> list[str]:
    """Find what is drawn that the rows do not add up to, and what is left undrawn that they do."""
    scene, found = Scene(payload, raw, names), []
    for spoken in texts.points(payload):
        if spoken.figure["kind"] in ("stacked", "line") and spoken.figure["id"] != "ranks":
            expected = _expected(spoken, scene)
            if not _is(spoken.point["value"], expected):
                found.append(f"{spoken.point['value']} is drawn, not {expected} | {spoken.member} {spoken.category}")
    return found


def _expected(spoken, scene):
    unit, period, keys = scene.payload["state"].get("unit", "usd"), _period(spoken, scene), _keys(spoken, scene)
    if period not in scene.spanned():
        return None
    if unit == "change":
        return _change(scene, spoken.flow, keys, period, spoken.member)
    value = _amount(spoken, scene, keys, period)
    if unit == "index" and spoken.figure["unit"] == "index":
        return _index(scene, spoken, keys, value)
    if spoken.figure["unit"] == "%":
        whole = scene.raw.value(spoken.flow, _whole(spoken, scene), period)
        return None if value is None or not whole else 100 * value / whole
    return value


def _is(drawn, expected):
    if drawn is None or expected is None:
        return drawn is expected
    return abs(drawn - expected) <= NEAR * max(1, abs(expected))


def _is_season(scene):
    return scene.payload["state"].get("view") == "seasons"


def _period(spoken, scene):
    if _is_season(scene):
        return f"{spoken.member}-{spoken.category}"
    return tooltips.period_of(spoken, scene)


def _keys(spoken, scene):
    if _is_season(scene) or spoken.member == "all":
        return scene.spoken_keys()
    keys = tooltips.keys_of(spoken, scene)
    return scene.spoken_keys() if keys is None else keys


def _whole(spoken, scene):
    slug = scene.payload_slug()
    return scene.raw.below(scene.parent(slug) if slug == spoken.member else slug)


def _amount(spoken, scene, keys, period):
    raw, flow = scene.raw, spoken.flow
    if spoken.component in ("reported", "estimate"):
        return getattr(raw, spoken.component)(flow, keys, period)
    is_dashed = spoken.figure["kind"] == "line" and spoken.point["status"] == "" and spoken.point["value"] is None
    return None if is_dashed and raw.estimate(flow, keys, period) is None else raw.value(flow, keys, period)


def _change(scene, flow, keys, period, member):
    """The change from a year before, where one may be said; of a remainder none."""
    remainders = [scene.raw.is_remainder(key) for key in keys]
    if any(remainders) if member == "others" else all(remainders):
        return None
    if _is_part(scene, flow, period) and _is_deep(scene.payload_slug(), member):
        return None
    found = scene.raw.compared(flow, keys, period)
    return found and 100 * (found.now - found.before) / found.before


def _index(scene, spoken, keys, value):
    """What a value is where that of the base is 100; none where the base is not known in full, or nought."""
    raw, flow, base = scene.raw, spoken.flow, _base(scene, spoken)
    is_whole = not _is_part(scene, flow, base) and not raw.missing(flow, keys, base)
    of = raw.value(flow, keys, base) if is_whole else None
    return None if value is None or not of else 100 * value / of


def _base(scene, spoken):
    """The period that a chart says is 100."""
    words = spoken.figure["title"].rpartition("index (")[2].partition(" = 100)")[0]
    return scene.period(words, scene.payload["state"].get("flow", spoken.flow))


def _is_part(scene, flow, period):
    return isinstance(period, int) and bool(scene.raw.part(flow, period))


def _is_deep(page, member):
    """Whether a member is a heading, or what is below it: their months are not kept."""
    slug = page if member == "others" or not member.isdecimal() else member
    return slug.isdecimal() and (len(slug) > len("27") or member == "others")
