"""What can be found: an entry for each thing with a page, and the terms by which it is found.

All of it is made from other tables and can be made again (search.index).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TERM = 40  # characters; longer words are cut, in the index and in what is asked
NAMED = 300  # the weight from which a term is a name of a thing, or a word of one


class Kind(models.TextChoices):
    SECTION = "section", _("Section")
    CHAPTER = "chapter", _("Chapter")
    HEADING = "heading", _("Heading")
    SUBHEADING = "subheading", _("Subheading")
    PROVINCE = "province", _("Province")
    MEASURE = "measure", _("Sanction")
    RESOLUTION = "resolution", _("Resolution")
    EVENT = "event", _("Event")
    QUESTION = "question", _("Question")
    DATASET = "dataset", _("Dataset")
    PAGE = "page", _("Page")


class TermField(models.CharField):
    """Text that is compared by its code points on every database, so that words with one beginning stand together.

    SQLite compares so by itself; PostgreSQL would otherwise sort as the language of the server does.
    """

    def db_parameters(self, connection):
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}


class Entry(models.Model):
    """One thing that can be found. `names` are other names that a result may show, one a line: "煤\\n석탄"."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    names = models.TextField(blank=True)
    is_lasting = models.BooleanField(default=False)  # a place or a good, which no editor takes back
    digest = models.CharField(max_length=64)  # of all that it was made from

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.title


class Term(models.Model):
    """A word, a code or a whole name by which an entry is found; `weight` says how well it fits."""

    term = TermField(max_length=LONGEST_TERM)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="terms")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["term", "entry", "weight"], name="search_term_covering"),
            # For the two or three letters that begin a word: of all words that begin so, there are too many.
            models.Index(
                fields=["term", "entry", "weight"], name="search_term_of_names", condition=models.Q(weight__gte=NAMED)
            ),
        ]

    def __str__(self):
        return self.term


class IndexState(models.Model):
    """The one row that says of which state of all words the entries were made."""

    mark = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.mark
