"""The forms that every citation takes, of a view and of a release: who publishes, what warns, how BibTeX is written."""

from django.utils.translation import gettext as _

PUBLISHER = "Yalu"
SPECIAL = {character: "\\" + character for character in "%&#_$"} | {"{": "(", "}": ")", "\\": "/"}


def invented(cited: str) -> str:
    """Put the warning of a demonstration before a citation in words."""
    return _("Do not cite: the figures are invented for demonstration. Citation format: %s") % cited


def bibtex(kind: str, key: str, *, title: str, date: str, version: int, url: str, note: str, **more: str) -> str:
    """Write an entry for BibTeX, `kind` being "dataset" or "online" and `date` "2026-11-21"; words are made safe."""
    fields = {
        "author": "{" + PUBLISHER + "}",
        "title": "{" + _plain(title) + "}",
        "year": date[:4],
        "date": date,
        "version": str(version),
        "publisher": PUBLISHER,
        "url": url,
        **more,
        "note": _plain(note),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}\n}}\n"


def invented_note(note: str) -> str:
    """Put the warning of a demonstration before the note of a BibTeX entry."""
    return _("DEMONSTRATION, invented figures: do not cite. %s") % note


def _plain(words):
    """Words that BibTeX takes as they stand: what it would read as commands is made safe."""
    return "".join(SPECIAL.get(character, character) for character in words)
