"""Checks what tooltips and speech say of every point against the raw rows: share, rank, and what they rest on."""

import re
from itertools import chain

from tests.trade.charts.sentences import claims, texts
from tests.trade.charts.sentences.rows_by_hand import Raw
from tests.trade.charts.sentences.scene import Scene

SAID = r"(?P<estimated>, estimates included)?(?:, (?P<missing>\d+) figures? missing)?"
SHARE = re.compile(rf"(?P<share>[<>]?[\d.]+%) of (?P<whole>.+?){SAID}")
RANK = re.compile(rf"(?P<place>\d+)(?:st|nd|rd|th) of (?P<count>\d+)(?P<by> by balance)?{SAID}")


def faults(payload: dict, raw: Raw, names: dict) -> list[str]:
    """Find what a point says that the rows do not bear, or leaves unsaid."""
    scene, found = Scene(payload, raw, names), []
    for spoken in texts.points(payload):
        if spoken.point["value"] is not None:
            found += [f"{fault} | {spoken.point} of {spoken.member} {spoken.category}" for fault in _of(spoken, scene)]
    return found


def _of(spoken, scene):
    if spoken.figure["id"] == "ranks":
        return []  # its places are checked in tests/trade/charts/figures/test_rank_lines.py
    if scene.payload["state"].get("unit") in ("change", "index") and spoken.figure["kind"] in ("stacked", "line"):
        return []  # they have neither share nor rank; their numbers are checked in numbers_drawn.py
    keys = keys_of(spoken, scene)
    if keys is None:
        return _says_nothing(spoken.point)
    period = period_of(spoken, scene)
    return [*_share(spoken, scene, keys, period), *_rank(spoken, scene, period)]


def _says_nothing(point):
    return ["a total with a share or a rank"] if point["share"] or point["rank"] else []


def keys_of(spoken: texts.Spoken, scene: Scene):
    """The keys of a member; None of a total or a balance of all, which has neither share nor rank."""
    if spoken.member in ("to-dprk", "from-dprk", "balance", "both", "published-sum"):
        return None
    if spoken.member not in ("others", "other"):
        return scene.raw.below(spoken.member)
    drawn = {one["member"] for one in spoken.figure["series"]}
    if spoken.figure["kind"] not in ("stacked", "line"):
        drawn = {one["key"].removesuffix("-estimate") for one in spoken.figure["categories"]}
    named = set(chain.from_iterable(map(scene.raw.below, drawn - {"others", "other"})))
    return [key for key in scene.raw.below(scene.payload_slug()) if key not in named]


def period_of(spoken: texts.Spoken, scene: Scene):
    """The period of a point: that of its place on the axis, or the one that its figure names."""
    if spoken.figure["kind"] in ("stacked", "line"):
        return int(spoken.category) if len(spoken.category) == 4 else spoken.category
    return scene.period(re.findall(claims.PERIOD, spoken.figure["title"])[-1], spoken.flow)


def _whole(spoken, scene):
    slug = scene.payload_slug()
    if slug == "other":
        return scene.gathered()
    return scene.raw.below(scene.parent(slug) if slug == spoken.member else slug)


def _share(spoken, scene, keys, period):
    point, flow, raw = spoken.point, spoken.flow, scene.raw
    if flow == "balance":
        return ["a share of a balance"] if point["share"] else []
    if not point["share"]:
        return []
    whole = _whole(spoken, scene)
    if spoken.figure["unit"] == "%":
        found = re.fullmatch(rf"(?P<share>){claims.MONEY}{SAID}", point["share"])
        part = point["text"]
    else:
        found = SHARE.fullmatch(point["share"])
        part = found and found["share"]
    if not found:
        return ["a share in another form"]
    value = raw.value(flow, keys, period)
    if spoken.component != "shown":
        value = getattr(raw, spoken.component)(flow, keys, period)
    faults = [] if claims.is_share(str(part), value, raw.value(flow, whole, period)) else ["another share"]
    return faults if point["rank"] else faults + _rests_on(found, raw, flow, whole, period)


def _rank(spoken, scene, period):
    point, flow, slug = spoken.point, spoken.flow, spoken.member
    if not point["rank"]:
        return []
    found = RANK.fullmatch(point["rank"])
    if not found:
        return ["a rank in another form"]
    if (int(found["place"]), int(found["count"])) != scene.rank(flow, slug, period):
        return ["another rank"]
    if bool(found["by"]) != (flow == "balance"):
        return ["a rank that does not say what of"]
    siblings = list(chain.from_iterable(map(scene.raw.below, scene.raw.siblings(slug))))
    return _rests_on(found, scene.raw, flow, siblings, period)


def _rests_on(found, raw, flow, keys, period):
    faults = []
    if bool(found["estimated"]) != bool(raw.estimated(flow, keys, [period])):
        faults.append("estimates that are not named, or named without any")
    if int(found["missing"] or 0) != raw.missing(flow, keys, period):
        faults.append(f"{raw.missing(flow, keys, period)} figures are missing")
    return faults
