"""What a view's files must hold, added up from the rows that the API answers: sets of codes and sums, nothing else.

Of a view it takes what a row says of itself (chart, period, member, flow, component), never a number.
"""

from collections import defaultdict

from tests.trade import cubes

GATHERED = ("others", "other")
TOTALS = ("all", "balance", "to-dprk", "from-dprk", "both", "published-sum")  # members that are everything drawn
DIRECTIONS = ("to_dprk", "from_dprk")


class RawRows:
    """The observations of a release, {"code": "2701", "flow": …, "year": …, "component": …, "value_usd": …}."""

    def __init__(self, observations: list[dict]):
        self.rows = defaultdict(list)
        for row in observations:
            key = row["province"] or row["code"] or ""
            for period in {str(row["year"]), row["period"]}:
                self.rows[key, row["flow"], period, row["component"]].append(row)
        self.codes = {key for key, *_others in self.rows}

    def of(self, member: str) -> set:
        """The codes that a province, section or code stands for: "v" -> {"2601", "2701", …}."""
        chapters = cubes.chapters_of_section()
        starts = tuple(chapters.get(member, [member.upper()]))
        return {code for code in self.codes if code.startswith(starts)}

    def component(self, codes, flow, period, component):
        """What is reported, or estimated, of some codes in one flow; both directions are added up."""
        flows = DIRECTIONS if flow == "both" else (flow,)
        rows = [row for one in flows for code in codes for row in self.rows.get((code, one, period, component), [])]
        return cubes.add(row["value_usd"] for row in rows)

    def shown(self, codes, flow, period, estimates):
        """Reported and estimate together; of totals a sum that was published where a direction is missing."""
        if flow == "balance":
            sides = [self.shown(codes, one, period, estimates) for one in DIRECTIONS]
            return None if None in sides else sides[0] - sides[1]
        if flow == "both" and codes == {""}:
            sides = [self.shown(codes, one, period, estimates) for one in DIRECTIONS]
            return self.shown(codes, "total", period, estimates) if None in sides else sum(sides)
        names = ("reported", "estimate") if estimates else ("reported",)
        return cubes.add(self.component(codes, flow, period, name) for name in names)

    def value(self, codes, flow, period, component, estimates):
        """The value of a row of a view by its component."""
        if component in ("shown", "balance"):
            return self.shown(codes, flow, period, estimates)
        return self.component(codes, flow, period, component)

    def single(self, codes, flow, period, component) -> dict | None:
        """The observation that is all there is of a value; None where several are added up."""
        rows = [row for code in codes for row in self.rows.get((code, flow, period, component), [])]
        return rows[0] if len(rows) == 1 else None

    def siblings(self, member: str) -> list[set]:
        """What is ranked with a member: all provinces, all sections, or the codes of its length below its parent."""
        sections = cubes.chapters_of_section()
        if member.startswith("cn-"):
            several = {code.lower() for code in self.codes}
        elif member in sections:
            several = set(sections) - {"unspecified"}  # a remainder has no rank
        else:
            parent = (
                next(s for s, chapters in sections.items() if member in chapters) if len(member) == 2 else member[:-2]
            )
            several = {code[: len(member)] for code in self.of(parent) if len(code) >= len(member)}
        return [codes for one in sorted(several) if (codes := self.of(one))]

    def rank(self, member, flow, period, estimates):
        """A place and of how many: (2, 31)."""
        values = [self.shown(codes, flow, period, estimates) for codes in self.siblings(member)]
        own = self.shown(self.of(member), flow, period, estimates)
        there = [value for value in values if value is not None]
        return (1 + sum(value > own for value in there), len(there)) if len(there) > 1 and own is not None else None


def above(code: str) -> str:
    """The section of a chapter, the chapter of a heading, the heading of a subheading."""
    sections = cubes.chapters_of_section()
    return next((section for section, chapters in sections.items() if code in chapters), code[:-2])


class View:
    """One view's rows beside the raw ones: what codes a member of it stands for, and what is the whole of a share."""

    def __init__(self, raw: RawRows, payload: dict, rows: list[dict]):
        self.raw, self.state = raw, payload["state"]
        slug = payload["url"].split("?")[0].strip("/").split("/")
        self.slug = slug[1] if len(slug) > 1 else ""
        self.estimates = self.state.get("estimates") != "off"
        self.named = defaultdict(set)
        for row in rows:
            if row["member"] not in (*GATHERED, *TOTALS):
                self.named[row["chart"]].add(row["member"])

    @property
    def page(self) -> set:
        """All codes of the page; that of what is other lists its own."""
        if self.slug in ("", "other") or not self.raw.codes - {""}:
            return self.raw.codes
        return self.raw.of(self.slug)

    def codes(self, row: dict) -> set:
        """The codes behind a row of the view."""
        named = set().union(*(self.raw.of(member) for member in self.named[row["chart"]]))
        if row["member"] in GATHERED:
            return self.page - named
        if row["member"] not in TOTALS:
            return self.raw.of(row["member"])
        in_time = row["chart"] != "ranked"
        shown = self.state.get("show") if in_time else ""
        if shown:
            return set().union(*(self.raw.of(member) for member in shown.split(",")))
        return named if self.slug == "other" else self.page

    def whole(self, row: dict) -> set:
        """The codes that a share is of: the page's; of a province all, of a code without parts those above it."""
        if self.slug == "other":
            return self.codes({"chart": row["chart"], "member": "all"})
        if self.slug.startswith("cn-"):
            return self.raw.codes
        if self.slug and row["member"] == self.slug:
            return self.raw.of(above(self.slug))
        return self.page
