"""Writes the README.md of a release: what the files are, and what their columns, blanks and letters mean."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from trade.bundles import citations, data_dictionary
from trade.bundles.file_types import purpose, summary
from trade.bundles.schema_org import technique
from trade.models import Release

# What Markdown takes for HTML, for a link or for code, or for such an escape.
SPECIAL = re.compile(r"[\\<\[`]")


def readme(release: Release, names: list[str]) -> str:
    """Describe a release in Markdown for a person who has nothing but its files."""
    dataset = release.dataset
    blocks = [f"# {plain(dataset.title)}", plain(summary(dataset)), _about(release)]
    blocks += [f"## {_('Changes in this release')}", plain(release.note)]
    blocks += [f"## {_('Source and method')}", plain(technique(dataset)), plain(_basis(dataset))]
    blocks += [f"## {_('Files')}", "\n".join(f"- `{name}`: {purpose(release, name)}" for name in names)]
    blocks += [f"## {_('Columns of data.csv')}", _columns(dataset), _blanks()]
    blocks += [f"## {_('Status of a reported value')}", _statuses()]
    blocks += [f"## {_('Licence')}", plain(f"{dataset.licence} {dataset.licence_url}".strip())]
    blocks += [f"## {_('How to cite')}", plain(citations.text(release)), _bibtex(release)]
    blocks += [f"## {_('Contact')}", plain(settings.SITE_CONTACT)]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Write what an editor wrote as text that stays text in Markdown: "a <b>" -> "a \\<b>"."""
    return SPECIAL.sub(r"\\\g<0>", text)


def _bibtex(release):
    """The entry in a fence that is longer than any in it."""
    entry = citations.bibtex(release)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", entry)), 0)
    return f"{fence}bibtex\n{entry}{fence}"


def _about(release):
    dataset, demonstration = release.dataset, _("yes, the figures are invented")
    rows = [
        (_("Dataset"), f"`{dataset.slug}`"),
        (_("Release"), f"{release.number} ({release.get_kind_display()})"),
        (_("Released on"), release.created.date().isoformat()),
        (_("Reported by"), plain(dataset.reporter)),
        (_("Source"), plain(f"{dataset.source} {dataset.source_url}".strip())),
        (_("Demonstration"), demonstration if dataset.is_demonstration else _("no")),
    ]
    return "\n".join(f"- {name}: {content}" for name, content in rows)


def _basis(dataset):
    basis = _(
        "Values are in US dollars at current prices, %(to)s for exports to the DPRK and %(from)s for imports from it. "
        "No adjustment is made."
    )
    return basis % {"to": dataset.basis_to_dprk, "from": dataset.basis_from_dprk}


def _columns(dataset):
    rows = [
        f"| `{column.name}` | {plain(column.unit)} | {plain(column.description)} |"
        for column in data_dictionary.of_data(dataset)
    ]
    return "\n".join([f"| {_('Column')} | {_('Unit')} | {_('Meaning')} |", "|---|---|---|", *rows])


def _blanks():
    inert = _(
        "In CSV files, text that a spreadsheet would treat as a formula is preceded by an apostrophe; in the other "
        "files it is not."
    )
    return f"{_('A blank means missing, not zero; zero is shown as 0.')} {inert}"


def _statuses():
    return "\n".join(f"- {letter}: {label}" for letter, label in data_dictionary.status_labels().items())
