"""The texts that there are, with the words that stand where no editor wrote others."""

from typing import NamedTuple

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

LINE, PROSE, CONTACT = "line", "prose", "contact"


class Text(NamedTuple):
    """A text: where it stands, what kind it is (a line of plain text, Markdown, a contact), how long it may be.

    `page` names an address at which it can be seen.
    """

    label: str
    default: str
    kind: str = LINE
    most: int = 300
    page: str = "home"


TEXTS = {
    "name": Text(_("Name of the site"), _("Yalu"), most=40),
    "tagline": Text(_("Line beside the name"), _("North Korea’s trade with China"), most=90),
    "summary": Text(
        _("Summary for search engines"),
        _(
            "North Korea’s trade with China by Chinese province and by goods, with UN sanctions, frequently asked "
            "questions and downloadable data."
        ),
    ),
    "about": Text(
        _("About this site, at the foot of each page"),
        _(
            "North Korea publishes no trade statistics. Its trade is known only from its partners’ customs data "
            "(mirror statistics). This site publishes the data for China."
        ),
        PROSE,
        2000,
    ),
    "contact": Text(
        _("Contact: an email address, or the address of a page"),
        lazy(lambda: settings.SITE_CONTACT, str)(),
        CONTACT,
        200,
    ),
    "home": Text(
        _("Introduction of the home page"),
        _(
            "North Korea publishes no trade statistics. Yalu, an independent site, collects the data published by "
            "the customs authorities of its trading partners."
        ),
        most=600,
    ),
    "way_totals": Text(
        _("Home page, about Totals"),
        _("Total trade between China and the DPRK by year since 1993, with the source of each figure."),
    ),
    "way_provinces": Text(
        _("Home page, about Provinces"),
        _("Exports to and imports from the DPRK by Chinese province and year, since 1998."),
    ),
    "way_commodities": Text(
        _("Home page, about Goods"), _("Trade by section, chapter and heading of the Harmonized System.")
    ),
    "way_sanctions": Text(
        _("Home page, about Sanctions"),
        _("The resolutions of the UN Security Council, and the goods that each bans or caps."),
    ),
    "way_questions": Text(
        _("Home page, about Questions"),
        _("Where the figures come from, what they leave out, and how far they can be trusted."),
    ),
    "way_data": Text(
        _("Home page, about Data"),
        _("Every dataset as a workbook and as CSV, and every release with its list of changes."),
    ),
    "data": Text(
        _("Introduction of Data"),
        _(
            "Download all the figures on this site. Data change only through numbered releases; each lists its "
            "changes, and all releases remain available."
        ),
        PROSE,
        2000,
        "data",
    ),
    "questions": Text(
        _("Introduction of Questions"),
        _("What the figures mean, where they come from, and what they leave out."),
        PROSE,
        2000,
        "questions",
    ),
    "sanctions": Text(_("Introduction of Sanctions, below its first sentence"), "", PROSE, 2000, "sanctions"),
    "sanctions_disclaimer": Text(
        _("Disclaimer of Sanctions"),
        _("This list is for guidance only and has no legal force."),
        most=600,
        page="sanctions",
    ),
    "demonstration": Text(
        _("Disclaimer of demonstration data"), _("Invented figures: do not quote them."), page="provinces"
    ),
}
CHOICES = [(key, text.label) for key, text in TEXTS.items()]
