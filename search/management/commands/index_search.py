"""manage.py index_search: make what the search finds of what the site says now."""

from django.core.management.base import BaseCommand

from search import index
from search.models import IndexState


class Command(BaseCommand):
    help = "Bring the entries of the search up to date. The worker does so by itself within a second of an edit."

    def handle(self, *args, **options):
        IndexState.objects.all().delete()  # look at every entry, whatever the stamp says
        counts = ", ".join(f"{number} {word}" for word, number in index.refresh().items())
        self.stdout.write(f"search: {counts}")
