"""What pages, charts and checks ask of the sanctions."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sanctions import partial_date
from sanctions.ledger import cap_sentences
from sanctions.rules import Rule

# How much a measure weighs where a chart cannot mark all that happened, as sanctions.models.Event has it.
WEIGHTS = {"full_ban": 3, "sectoral": 3, "cap": 3, "prohibition": 2, "clarification": 1}


class ResolutionQuerySet(models.QuerySet):
    def beside(self, number: int) -> tuple:
        """The resolutions before and after one: (2371, 2397) around 2375, None where there is none."""
        return self.filter(number__lt=number).last(), self.filter(number__gt=number).first()


class MeasureQuerySet(models.QuerySet):
    def for_pages(self):
        """Measures with their resolution, codes and chapters at hand: three queries, whatever their number."""
        return self.select_related("resolution", "replaced_by__resolution", "ended_by").prefetch_related(
            "codes__chapter"
        )

    def in_full(self):
        """The same with their caps, and the measures whose place each took: two queries more."""
        return self.for_pages().prefetch_related("caps", "replaces")

    def account(self) -> dict:
        """How many there are, and how many of them apply no longer.

        {"measures": 39, "ended": 0, "resolutions": 11, "unchecked": 24, "first": date, "last": date}
        """
        return self.aggregate(
            measures=Count("pk"),
            ended=Count("pk", filter=Q(until__lt=timezone.now().date())),
            resolutions=Count("resolution", distinct=True),
            unchecked=Count("pk", filter=~Q(checked="read")),
            first=Min("resolution__adopted"),
            last=Max("resolution__adopted"),
        )

    def of_flow(self, flow: str):
        """The measures on a flow, those on both among them. "" is every flow."""
        return self.filter(direction__in=[flow, "both"]) if flow else self

    def on_goods(self, codes: list[str]):
        """The measures that touch any of these HS codes, of 2 to 10 digits.

        ["2701"] finds measures on 27, on 2701 and on 270112, but none on 2710.
        """
        wanted = Q(pk__in=[])
        for code in codes:
            above = [code[:length] for length in range(2, len(code) + 1, 2)]
            wanted |= Q(codes__digits__in=above) | Q(codes__digits__startswith=code)
        return self.filter(wanted).distinct()

    def events(self) -> list[dict]:
        """What charts mark on their time axis: one event a measure on goods, in the order of their dates; one query.

        {"date": "2017-08-05", "until": "", "when": "5 August 2017", "label": "Resolution 2371",
         "text": "Full ban: coal; iron; iron ore", "url": "/sanctions/2371/", "kind": "sanction", "checked": True,
         "flow": "from_dprk" | "to_dprk" | "both", "codes": ["2601", "2701", "2702", "72"], "provinces": [],
         "on_totals": True, "weight": 3, "sources": []}
        Designations, and measures on no goods, make no event. A ban on arms bears on goods, not on what all goods
        together come to ("on_totals"). A measure that ended makes a second event, on the day after its last one.
        """
        rows = self.exclude(direction="none").exclude(kind__in=["designations", "other"])
        names = ("pk", "resolution", "resolution__adopted", "kind", "category", "goods", "checked", "direction")
        names += ("until", "replaced_by__resolution", "ended_by", "codes__digits")
        found = {}
        for row in rows.order_by("resolution__adopted", "resolution", "position", "pk").values(*names):
            found.setdefault(row["pk"], (row, []))[1].append(row["codes__digits"])
        known = [(row, sorted(filter(None, digits))) for row, digits in found.values()]
        ended = [self._end(row, digits) for row, digits in known if row["until"]]
        return sorted([self._event(row, digits) for row, digits in known] + ended, key=lambda event: event["date"])

    def _end(self, row, digits):
        """The end of a measure: {"date": "2017-08-05", "label": "Resolution 2371", "text": "No longer in force: …"}."""
        by = row["replaced_by__resolution"] or row["ended_by"] or row["resolution"]
        day = (row["until"] + timedelta(days=1)).isoformat()
        words = {"kind": self.model.Kind(row["kind"]).label, "goods": row["goods"]}
        return self._event(row, digits) | {
            "date": day,
            "when": partial_date.in_words(day),
            "label": _("Resolution %(number)s") % {"number": by},
            "text": _("No longer in force: %(kind)s, %(goods)s") % words,
            "url": reverse("resolution", args=[by]),
        }

    def _event(self, row, digits):
        words = {"kind": capfirst(self.model.Kind(row["kind"]).label), "goods": row["goods"]}
        date, is_arms = row["resolution__adopted"].isoformat(), row["category"] == self.model.Category.ARMS
        return {
            "date": date,
            "until": "",
            "when": partial_date.in_words(date),
            "label": _("Resolution %(number)s") % {"number": row["resolution"]},
            "text": _("%(kind)s: %(goods)s") % words,
            "url": reverse("resolution", args=[row["resolution"]]),
            "kind": "sanction",
            "checked": row["checked"] == self.model.Checked.READ,
            "flow": row["direction"],
            "codes": digits,
            "provinces": [],
            "on_totals": not is_arms,
            "weight": 1 if is_arms else WEIGHTS[row["kind"]],
            "sources": [],
        }

    def rules(self) -> list[Rule]:
        """What sanctions.rules asks: a rule for each code of each measure (Measure.rules); two queries."""
        return [rule for measure in self.prefetch_related("codes") for rule in measure.rules]

    def named(self) -> dict[int, dict]:
        """How labels name each measure: {8: {"resolution": 2371, "paragraph": "8", "url": …, "words": …}}; one query.

        "words" are "Resolution 2371, paragraph 8: full ban, coal; iron; iron ore".
        """
        return {measure.pk: _named(measure) for measure in self.select_related("resolution")}

    def banned_chapters(self) -> list[dict]:
        """The goods under a full ban, for a check of what is uploaded: {flow, code, since, until, …}.

        {"flow": "from_dprk", "code": "03", "since": date(2017, 8, 5), "until": None, "resolution": 2371,
         "paragraph": "9"}: the whole of chapter 03, to this day. Codes of 4 and 6 digits are given as they are; codes
        banned in part are left out.
        """
        bans = self.filter(kind="full_ban", codes__partial=False, effective_from__isnull=False)
        rows = bans.values_list("direction", "codes__digits", "effective_from", "until", "resolution", "paragraph")
        names = ("flow", "code", "since", "until", "resolution", "paragraph")
        return [
            dict(zip(names, (flow, *row[1:]), strict=True))
            for row in rows.order_by("effective_from", "codes__digits")
            for flow in (("to_dprk", "from_dprk") if row[0] == "both" else (row[0],))
        ]


class CapQuerySet(models.QuerySet):
    def for_charts(self) -> list[dict]:
        """What charts hold reported amounts against, in the order of their days; two queries.

        {"measure": 9, "direction": "from_dprk", "codes": ["2701", "2702"], "amount": 7500000, "unit": "tonnes",
         "tonnes": 7500000, "since": date(2017, 1, 1), "until": None, "period": "year", "checked": True,
         "resolution": 2321, "paragraph": "26(b)", "url": "/sanctions/2321/#measure-9", "label": "7,500,000 tonnes …"}
        `period` is "in_all" (from the first day to the last), "year" or "twelve_months"; `tonnes` is None where no
        source gives them. `until` is the last day of the cap or of its measure, whichever comes first. Two caps of one
        measure with the same days are alternatives: the lower one counts.
        """
        rows = self.select_related("measure__resolution").prefetch_related("measure__codes")
        return [_cap(cap) for cap in rows]


def _cap(cap):
    measure = cap.measure
    ends = [day for day in (cap.until, measure.until) if day]
    return {
        "measure": measure.pk,
        "direction": measure.direction,
        "codes": [code.digits for code in measure.codes.all()],
        "amount": cap.amount,
        "unit": cap.unit,
        "tonnes": cap.in_tonnes,
        "since": cap.since,
        "until": min(ends, default=None),
        "period": cap.period,
        "checked": cap.is_checked,
        "label": cap_sentences.amount(cap),
    } | {name: value for name, value in _named(measure).items() if name != "words"}


def _named(measure):
    words = {"place": measure.place, "kind": measure.get_kind_display(), "goods": measure.goods}
    return {
        "resolution": measure.resolution_id,
        "paragraph": measure.paragraph,
        "url": measure.get_absolute_url(),
        "words": _("%(place)s: %(kind)s, %(goods)s") % words,
    }


class EventQuerySet(models.QuerySet):
    def chart_items(self) -> list[dict]:
        """What charts mark beside the sanctions, in the form of MeasureQuerySet.events; one query.

        {"date": "2020-01", "until": "2022-01-16", "when": "January 2020 – 16 January 2022", "label": "Border closed",
         "kind": "event", "provinces": ["cn-jl"], "sources": [{"name": "upi.com 2022/01/18", "url": None}], …}
        """
        return [_chart_item(event) for event in self]


def _chart_item(event):
    ends = [partial_date.in_words(day) for day in (event.date, event.until) if day]
    return {
        "date": event.date,
        "until": event.until,
        "when": " – ".join(ends),
        "label": event.title,
        "text": event.text,
        "url": None,
        "kind": "event",
        "checked": event.basis == event.Basis.READ,
        "flow": event.direction,
        "codes": event.codes,
        "provinces": [code.lower() for code in event.province_codes],
        "on_totals": True,
        "weight": event.weight,
        "sources": [{"name": one.name, "url": one.url or None} for one in event.sources],
    }
