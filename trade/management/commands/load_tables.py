"""manage.py load_tables: provinces, the Harmonized System, sanctions, events and questions, from the files in data/."""

from django.core.management.base import BaseCommand

from faq import seed as questions
from sanctions import seed as sanctions
from trade import providers
from trade.reference import seed as reference


class Command(BaseCommand):
    help = (
        "Load the reference tables, sanctions, events and questions that are missing, and correct the words that nobody"
        " has edited. What an editor changed or deleted stays so. A second run changes nothing."
    )

    def handle(self, *args, **options):
        for name, seed in (("reference", reference), ("sanctions", sanctions), ("questions", questions)):
            counts = ", ".join(f"{number} {word}" for word, number in seed.load().items())
            self.stdout.write(f"{name}: {counts}")
        if account := providers.search().refresh():
            self.stdout.write("search: " + ", ".join(f"{number} {word}" for word, number in account.items()))
