"""The payload of each page: which figures stand on it, which controls, which way back; `trade.charts` has its shape."""

from django.utils.translation import gettext as _

from trade import figures, findings, numbers
from trade.cube import ROOT, UNSPECIFIED, Cells, newest_full_year
from trade.figures import Member, Words
from trade.state import FLOWS, State, read

# A section below this part of the year's total is not named in the pie; nor is one after the seventh.
THRESHOLD = 0.02
NAMED_SLICES = 7
OTHER = "other"


def provinces(cube: dict, state: State) -> dict:
    """Make the page of all provinces: the years stacked, and one year ranked."""
    cells = _cells(cube, state)
    children, year = cube["nodes"][ROOT]["children"], state["year"]
    words = Words(_("Province"), _("provinces"), _("all provinces"), _("Other provinces"))
    payload = _payload(cube, state, cells, [_crumb(_("Provinces"), state.url())])
    if year is None:
        return payload | _nothing(cube, cells)
    whole = findings.trade(cube["dataset"], cells.flow)
    members = [_member(cube, state, slug) for slug in children]
    return payload | {
        "title": findings.province_headline(cells, children, year, cube["dataset"]),
        "sentence": findings.sentence(cells, ROOT, children, year, whole),
        "figures": [
            _stack(
                cells, state, members, words, _("%(whole)s by province and year") % {"whole": findings.capital(whole)}
            ),
            figures.ranked(
                cells, members, children, words, year=year, title=_ranked_title(cells, whole, year, _("province"))
            ),
        ],
    }


def commodities(cube: dict, state: State) -> dict:
    """Make the page of all goods: one year's sections as a pie and ranked, and the sections stacked over the years."""
    return _goods(cube, state, ROOT)


def commodity(cube: dict, slug: str, state: State) -> dict:
    """Make the page of a section, chapter, heading or subheading, or of "other or unspecified".

    Raises KeyError for a code that the dataset does not have.
    """
    return _other(cube, state) if slug == OTHER else _goods(cube, state, cube["nodes"][slug]["slug"])


def _goods(cube, state, slug):
    cells, node, year = _cells(cube, state), cube["nodes"][slug], state["year"]
    words = _words(cube, node)
    payload = _payload(cube, state, cells, _goods_crumbs(cube, state, node))
    if year is None:
        return payload | _nothing(cube, cells)
    whole = _whole(cube, cells, node)
    parts = [child for child in node["children"] if _ever(cells, child)] or [slug]
    members = [_member(cube, state, part) for part in parts]
    return payload | {
        "page": "commodities" if slug == ROOT else "commodity",
        "title": findings.headline(cells, parts, year, whole) if len(parts) > 1 else _plain(cells, slug, whole, year),
        "sentence": findings.sentence(cells, slug, parts, year, whole),
        "figures": [
            *_pies(cells, state, members, parts, words, _pie_title(cells, whole, year)),
            *([_ranked(cells, state, members, parts, words, whole)] if len(parts) > 1 else []),
            _stack(cells, state, members, words, _stack_title(whole, words, len(parts))),
        ],
    }


def _other(cube, state):
    """The sections too small for the pie, and goods of no section, in the year shown."""
    cells, year = _cells(cube, state), state["year"]
    words = Words(_("Section"), _("sections"), _("other or unspecified goods"), _("Other sections"))
    crumbs = [*_goods_crumbs(cube, state, cube["nodes"][ROOT]), _crumb(_("Other or unspecified"), state.url())]
    payload = _payload(cube, state, cells, crumbs) | {"page": "commodity"}
    if year is None:
        return payload | _nothing(cube, cells)
    children = cube["nodes"][ROOT]["children"]
    members = [_member(cube, state, slug) for slug in children]
    gathered = _gathered(cells, members, children, year)[1]
    parts = [member.slugs[0] for member in gathered]
    whole = _("“other or unspecified” in %(trade)s") % {"trade": findings.trade(cube["dataset"], cells.flow)}
    return payload | {
        "title": findings.headline(cells, parts, year, whole),
        "sentence": _other_sentence(cells, parts, year, whole),
        "figures": [
            figures.ranked(
                cells, gathered, parts, words, year=year, title=_ranked_title(cells, whole, year, _("section")),
                drawn=gathered,
            )
        ],
    }  # fmt: skip


def province(cube: dict, slug: str, state: State) -> dict:
    """Make the page of one province: both flows by year, its rank and share. Raises KeyError for an unknown one."""
    node, year = cube["nodes"][slug], state["year"]
    both = [_cells(cube, state, flow) for flow in FLOWS]
    crumbs = [
        _crumb(_("Provinces"), state.at("/provinces/", "provinces").url()),
        _crumb(node["name"], state.url()),
    ]
    payload = _payload(cube, state, both[0], crumbs)
    if year is None:
        return payload | _nothing(cube, both[0])
    words = Words(_("Province"), _("provinces"), _("all provinces"), _("Other provinces"))
    member = _member(cube, state, slug)
    siblings = cube["nodes"][ROOT]["children"]
    return payload | {
        "province": node,
        "title": _province_title(both, member, siblings, year),
        "sentence": " ".join(
            [findings.place_sentence(cells, slug, siblings, year) for cells in both]
            + list(filter(None, [findings.demonstration(cube["dataset"])]))
        ),
        "figures": [_history(cells, state, member, siblings, words) for cells in both],
    }


def home(cubes: dict) -> dict:
    """Make the front page from the newest cubes, {"china-provinces": cube, …}: both totals by year, newest figures."""
    cube = cubes.get("china-provinces") or next(iter(cubes.values()), None)
    if not cube or not cube["years"]:
        return {"page": "home", "url": "/", "title": "", "sentence": "", "notices": [], "facts": [], "figures": []}
    cells = {flow: Cells(cube, flow) for flow in FLOWS}
    facts = [fact for one in cubes.values() for flow in FLOWS if (fact := _fact(one, flow))]
    return {
        "page": "home",
        "url": "/",
        "json_url": "/home.json",
        "state": {},
        "notices": [],
        "title": findings.home_headline(cells, cube["dataset"]),
        "sentence": findings.home_sentence(cells, cube["dataset"]),
        "dataset": cube["dataset"],
        "release": _release(cube),
        "basis": _("to the DPRK %(to_dprk)s, from the DPRK %(from_dprk)s") % cube["dataset"]["basis"],
        "unit": figures.UNIT,
        "controls": [],
        "crumbs": [],
        "facts": facts,
        "figures": [figures.totals(cells, {flow: findings.flow_label(cube["dataset"], flow) for flow in FLOWS})],
    }


# The parts of a payload.


def _cells(cube, state, flow=""):
    return Cells(cube, flow or state["flow"], estimates=state["estimates"] == "on")


def _payload(cube, state, cells, crumbs):
    """Everything but the findings and the figures."""
    return {
        "page": state.page,
        "url": state.url(),
        "json_url": state.url(suffix=".json"),
        "csv_url": state.url(suffix=".csv"),
        "svg_url": state.url(suffix=".svg"),
        "state": state.values,
        "notices": state.notices,
        "title": "",
        "sentence": "",
        "dataset": cube["dataset"],
        "release": _release(cube),
        "basis": cube["dataset"]["basis"][cells.flow],
        "unit": figures.UNIT,
        "controls": [control for control in _controls(cube, state, cells) if len(control["choices"]) > 1],
        "crumbs": crumbs,
        "figures": [],
    }


def _release(cube):
    address = f"/data/{cube['dataset']['slug']}/{cube['release']['number']}/"
    return cube["release"] | {"url": address}


def _crumb(label, url):
    return {"label": label, "url": url}


def _nothing(cube, cells):
    """The state of a dataset that has a release and no row."""
    return {
        "title": findings.capital(findings.trade(cube["dataset"], cells.flow)),
        "sentence": _("This release holds no figures."),
    }


def _controls(cube, state, cells):
    yield _control(_("Dataset"), state, "dataset", state.datasets)
    yield _control(_("Direction"), state, "flow", [(f, findings.flow_label(cube["dataset"], f)) for f in FLOWS])
    yield _control(_("Year"), state, "year", [(year, figures.label(cells, year)) for year in cube["years"]])
    if any(Cells(cube, flow).has_estimates() for flow in FLOWS):
        yield _control(_("Estimates"), state, "estimates", [("on", _("shown")), ("off", _("not shown"))])


def _control(label, state, name, choices):
    choices = choices if name in state.values else []
    return {
        "name": name,
        "label": label,
        "choices": [
            {"value": value, "label": text, "url": state.url(**{name: value}), "current": value == state[name]}
            for value, text in choices
        ],
    }


# Members: what a series, bar or slice is.


def _member(cube, state, slug):
    node = cube["nodes"][slug]
    page, folder = ("province", "provinces") if node["level"] == "province" else ("commodity", "commodities")
    name = f"{node['code']} {node['name']}" if node["level"] in ("chapter", "heading", "subheading") else node["name"]
    path = f"/{folder}/{slug}/" if slug != ROOT else f"/{folder}/"
    return Member(slug, name, node["colour"], (slug,), _url(state, page, path), node["title"])


def _url(state, page, path):
    """The address of another page with as much of this choice as it knows."""
    return None if path == state.path else state.at(path, page).url()


def _ever(cells, slug):
    return any(cells.value([slug], year) is not None for year in cells.years) or any(
        cells.status([slug], year) for year in cells.years
    )


def _gathered(cells, members, whole, year):
    """Tell the members that a pie names from those it gathers: small ones, those after the seventh, chapter 99."""
    total = cells.value(whole, year) or 0
    valued = [member for member in members if cells.value(member.slugs, year) is not None]
    valued.sort(key=lambda member: -cells.value(member.slugs, year))
    large = [m for m in valued if m.key != UNSPECIFIED and cells.value(m.slugs, year) >= THRESHOLD * total > 0]
    named = large[:NAMED_SLICES]
    return named, [member for member in valued if member not in named]


def _rest(gathered, words, url):
    slugs = tuple(slug for member in gathered for slug in member.slugs)
    return [Member(OTHER, _("Other or unspecified") if url else words.others, 0, slugs, url)] if slugs else []


# Figures of the commodity pages.


def _pies(cells, state, members, parts, words, title):
    """One pie, if the year is a true whole with at least two slices; else none."""
    year = state["year"]
    named, gathered = _gathered(cells, members, parts, year)
    rest = _rest(gathered, words, _other_url(cells, state, parts))
    drawn = named + rest
    if len([m for m in drawn if cells.value(m.slugs, year)]) < 2:
        return []
    figure = figures.pie(cells, drawn, parts, words, year=year, title=title)
    return [figure | {"notes": _pie_notes(cells, rest, gathered, words, year)}]


def _ranked(cells, state, members, parts, words, whole):
    year = state["year"]
    named, gathered = _gathered(cells, members, parts, year)
    others = _rest(gathered, words, _other_url(cells, state, parts))
    return figures.ranked(
        cells, members, parts, words, year=year, title=_ranked_title(cells, whole, year, words.one.lower()),
        drawn=named + others,
    )  # fmt: skip


def _other_url(cells, state, parts):
    """Sections gathered as "other" have a page; gathered chapters and headings are in the table."""
    if cells.nodes[parts[0]]["level"] != "section":
        return None
    return _url(state, "commodity", f"/commodities/{OTHER}/")


def _pie_notes(cells, rest, gathered, words, year):
    """Say what was gathered, by which rule: the reader can add it up again."""
    if not rest:
        return []
    note = _(
        "“%(others)s” (%(value)s) gathers %(many)s below %(threshold)s of the total, any after the seventh,"
        " and goods that the source does not specify. In this view: %(names)s."
    ) % {
        "others": rest[0].name,
        "value": numbers.usd(cells.value(rest[0].slugs, year)),
        "many": words.many,
        "threshold": numbers.percent(round(THRESHOLD * 100), 100),
        "names": ", ".join(member.name for member in gathered),
    }
    return [note]


def _stack(cells, state, members, words, title):
    """Stack the members that have a colour, in its order, and the rest as one."""
    coloured = sorted((m for m in members if m.colour), key=lambda member: member.colour)
    rest = tuple(m.slugs[0] for m in members if not m.colour)
    if len(members) == 1:
        coloured, rest = members, ()
    others = [Member("others", words.others, 0, rest)] if rest else []
    return figures.by_year(
        cells,
        coloured + others,
        [slug for member in members for slug in member.slugs],
        words,
        title=title,
        current=state["year"],
        link=lambda year: state.url(year=year),
    )


def _history(cells, state, member, siblings, words):
    """One flow of one province over the years."""
    title = _("%(whole)s: %(name)s") % {
        "whole": findings.capital(findings.trade(cells.cube["dataset"], cells.flow)),
        "name": member.name,
    }
    figure = figures.by_year(
        cells, [member], siblings, words, title=title, current=state["year"],
        link=lambda year: state.url(year=year), totals_of=list(member.slugs),
    )  # fmt: skip
    return figure | {"id": cells.flow.replace("_", "-"), "table": figures.history_table(cells, member, siblings, title)}


# Words of a level.


def _words(cube, node):
    below = {cube["nodes"][child]["level"] for child in node["children"]} or {node["level"]}
    level = below.pop()
    whole = _("all goods") if node["level"] == "root" else _name_with_code(node)
    one, many, others = {
        "section": (_("Section"), _("sections"), _("Other sections")),
        "chapter": (_("Chapter"), _("chapters"), _("Other chapters")),
        "heading": (_("Heading"), _("headings"), _("Other headings")),
        "subheading": (_("Subheading"), _("subheadings"), _("Other subheadings")),
    }[level]
    return Words(one, many, whole, others)


def _name_with_code(node):
    if node["level"] == "section":
        return node["name"]
    return _("%(level)s %(code)s") % {"level": _level(node), "code": node["code"]}


def _level(node):
    return {"chapter": _("chapter"), "heading": _("heading"), "subheading": _("subheading")}[node["level"]]


def _whole(cube, cells, node):
    trade = findings.trade(cube["dataset"], cells.flow)
    if node["level"] == "root":
        return trade
    return _("%(name)s in %(trade)s") % {"name": node["name"], "trade": trade}


def _goods_crumbs(cube, state, node):
    crumbs = []
    while node["level"] != "root":
        page, path = "commodity", f"/commodities/{node['slug']}/"
        label = node["name"] if node["level"] == "section" else f"{node['code']} {node['name']}"
        crumbs.insert(0, _crumb(label, state.at(path, page).url()))
        node = cube["nodes"][node["parent"]]
    return [_crumb(_("All goods"), state.at("/commodities/", "commodities").url()), *crumbs]


# Titles.


def _ranked_title(cells, whole, year, one):
    return _("%(whole)s by %(one)s, %(period)s") % {
        "whole": findings.capital(whole),
        "one": one,
        "period": figures.label(cells, year),
    }


def _pie_title(cells, whole, year):
    return _("Parts of %(whole)s, %(period)s") % {"whole": whole, "period": figures.label(cells, year)}


def _stack_title(whole, words, count):
    if count == 1:
        return _("%(whole)s by year") % {"whole": findings.capital(whole)}
    return _("%(whole)s by %(one)s and year") % {"whole": findings.capital(whole), "one": words.one.lower()}


def _plain(cells, slug, whole, year):
    return _("%(whole)s: %(value)s in %(period)s") % {
        "whole": findings.capital(whole),
        "value": numbers.usd(cells.value([slug], year)),
        "period": figures.label(cells, year),
    }


def _other_sentence(cells, parts, year, whole):
    value = cells.value(parts, year)
    text = _(
        "%(whole)s came to %(value)s in %(period)s (%(basis)s), %(share)s of all goods, in %(count)s sections."
    ) % {
        "whole": findings.capital(whole),
        "value": numbers.usd(value),
        "period": figures.label(cells, year),
        "basis": cells.cube["dataset"]["basis"][cells.flow],
        "share": numbers.percent(value, cells.value([ROOT], year)),
        "count": len(parts),
    }
    return " ".join(filter(None, [text, findings.demonstration(cells.cube["dataset"])]))


def _province_title(both, member, siblings, year):
    place = figures.rank(both[0], member, year)
    part = numbers.percent(both[0].value(member.slugs, year), both[0].value(siblings, year))
    if not place:
        return _("%(name)s’s trade with the DPRK") % {"name": member.name}
    return _("%(name)s: %(rank)s provinces in %(whole)s in %(period)s, %(share)s") % {
        "name": member.name,
        "rank": place,
        "whole": findings.trade(both[0].cube["dataset"], both[0].flow),
        "period": figures.label(both[0], year),
        "share": part,
    }


def _fact(cube, flow):
    """The newest full year of a flow, as a figure to read at a glance."""
    cells = Cells(cube, flow)
    year = newest_full_year(cube, flow)
    if not year or cells.value([ROOT], year) is None:
        return None
    dataset = cube["dataset"]
    page = "provinces" if cube["kind"] == "province" else "commodities"
    state = read(page, f"/{page}/", {"flow": [flow]}, cube, [(dataset["slug"], dataset["title"])])
    return {
        "dataset": dataset["slug"],
        "is_demonstration": dataset["is_demonstration"],
        "label": _("%(flow)s, %(period)s") % {
            "flow": findings.flow_label(dataset, flow), "period": figures.label(cells, year)},
        "value": cells.value([ROOT], year),
        "text": numbers.usd(cells.value([ROOT], year)),
        "note": findings.basis(cells, ROOT, year) + findings.comparison(cells, ROOT, year),
        "url": state.url(),
    }  # fmt: skip
