"""Cites releases in words and for BibTeX, by addresses that stay the same for good."""

from django.conf import settings
from django.utils.translation import gettext as _

from trade.charts.text import citation_forms, labels
from trade.models import Release


def address(release: Release, name: str = "", site: str = "") -> str:
    """Return the lasting address of a release, or of one of its files."""
    # Where neither the settings nor a page name the site, its paths must do.
    return (site or settings.SITE_URL.rstrip("/")) + release.get_absolute_url() + name


def text(release: Release, site: str = "") -> str:
    """Cite a release in words: "Yalu (2026): China–DPRK trade by Chinese province, release 2, 21 November 2026. …"."""
    day = release.created.date()
    cited = _("%(publisher)s (%(year)d): %(title)s, release %(number)d, %(date)s. Source: %(source)s. %(address)s") % {
        "publisher": citation_forms.PUBLISHER,
        "year": day.year,
        "title": release.dataset.title,
        "number": release.number,
        "date": labels.day(day),
        "source": release.dataset.source,
        "address": address(release, site=site),
    }
    if release.withdrawn:
        return f"{_withdrawal(release)} {_('Citation format: %s') % cited}"
    return citation_forms.invented(cited) if release.dataset.is_demonstration else cited


def bibtex(release: Release, site: str = "") -> str:
    """Cite a release for BibTeX."""
    note = _("Source: %s") % release.dataset.source
    if release.dataset.is_demonstration:
        note = citation_forms.invented_note(note)
    return citation_forms.bibtex(
        "dataset",
        f"{release.dataset_id}-{release.number}",
        title=release.dataset.title,
        date=release.created.date().isoformat(),
        version=release.number,
        url=address(release, site=site),
        note=f"{_withdrawal(release)} {note}" if release.withdrawn else note,
    )


def _withdrawal(release):
    words = {"date": labels.day(release.withdrawn.date()), "reason": release.withdrawal_reason.rstrip(".")}
    return _("WITHDRAWN on %(date)s, do not cite: %(reason)s.") % words
