"""The measures beside a chart, for the templates of other pages, and an editor's marks in words."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sanctions.ledger.code_places import Place
from sanctions.models import UNCHECKED, Measure
from sanctions.rule_sentences import DIRECTIONS, sentences
from web.json_ld import data_block, organization
from web.page_cache.by_stamp import once_a_stamp

register = template.Library()


@register.inclusion_tag("sanctions/_measures.html")
def measures_for(codes, flow: str = "", url: str = "") -> dict:
    """Say what applies to goods: {% measures_for "2701" flow="from_dprk" %}, or to a section's chapters, ["25", "26"].

    First in a sentence for each direction, then measure by measure, then which codes are our assignment. A flow that is
    none ("both", "balance") has both. `url` leads to what was traded under these rules. Three queries, once a stamp;
    nothing is printed where there is no measure.
    """
    wanted = (codes,) if isinstance(codes, str) else tuple(codes)
    return _measures_on(wanted, flow if flow in DIRECTIONS else "") | {"url": url}


@once_a_stamp
def _measures_on(wanted, flow):
    measures = list(Measure.objects.of_flow(flow).on_goods(wanted).for_pages())
    return {
        "measures": measures,
        "sentences": sentences(measures, wanted, flow),
        "assigned": [without_marks(measure.place) for measure in measures if _is_assigned(measure, wanted)],
        "unchecked": any(measure.caution for measure in measures),
    }


@register.inclusion_tag("sanctions/_measures_in_brief.html")
def measures_in_brief(codes: list) -> dict:
    """Say what applies to goods, a sentence a direction: {% measures_in_brief payload.codes %}. Three queries."""
    measures = list(Measure.objects.on_goods(codes).for_pages())
    unchecked = any(measure.caution for measure in measures)
    return {"sentences": sentences(measures, codes, ""), "unchecked": unchecked}


def _is_assigned(measure, wanted):
    """Whether the codes by which a measure bears on these goods are ours, all or some."""
    bearing = {rule.digits for rule in measure.rules if any(rule.covers(code) for code in wanted)}
    return any(code.digits in bearing and code.named_in == Place.ASSIGNED for code in measure.codes.all())


@register.simple_tag
def asterisk() -> str:
    """The mark of what is not yet checked, which is spoken too; a page says once what it means."""
    mark = '<span class="asterisk"><span aria-hidden="true">*</span><span class="visually-hidden"> {}</span></span>'
    return format_html(mark, _("not yet checked"))


@register.simple_tag
def page_of_code(names, code, direction: str) -> str:
    """The deepest page of a measure's code, in the measure's direction."""
    return names.url(code.digits, direction)


@register.filter
def in_words(text: str) -> str:
    """Turn an editor's mark into the one of the page: "to 10 December 2017 (R)" -> "to 10 December 2017*"."""
    return UNCHECKED.sub("*", text)


@register.filter
def without_marks(text: str) -> str:
    """Leave out an editor's marks: "84; 85 (R)" -> "84; 85"."""
    return UNCHECKED.sub("", text).replace("-", "–")


@register.simple_tag(takes_context=True)
def resolutions_json_ld(context, measures) -> str:
    """Describe the list of sanctions: the resolutions of these measures, each once; nothing where there are none."""
    resolutions = list({measure.resolution_id: measure.resolution for measure in measures}.values())
    described = {
        "@context": "https://schema.org/",
        "@type": "ItemList",
        "@id": reverse("sanctions"),
        "url": reverse("sanctions"),
        "name": _("UN sanctions on trade with the DPRK"),
        "numberOfItems": len(resolutions),
        "itemListElement": [_resolution(resolution) for resolution in resolutions],
    }
    return data_block(context, described) if resolutions else ""


@register.simple_tag(takes_context=True)
def resolution_json_ld(context, resolution) -> str:
    """Describe one resolution of the Security Council."""
    return data_block(context, {"@context": "https://schema.org/"} | _resolution(resolution))


def _resolution(resolution):
    described = {
        "@type": "Legislation",
        "@id": resolution.get_absolute_url(),
        "url": resolution.get_absolute_url(),
        "name": str(resolution),
        "legislationIdentifier": f"S/RES/{resolution.number}",
        "legislationDate": resolution.adopted.isoformat(),
        "legislationPassedBy": organization(_("United Nations Security Council")),
    }
    more = {"description": resolution.summary, "sameAs": resolution.url}
    return described | {name: value for name, value in more.items() if value}
