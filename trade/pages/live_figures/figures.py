"""Puts the values of releases in the place of the tokens in a text, for one page."""

from functools import cached_property

from trade.bundles import storage
from trade.models import Release
from trade.pages.live_figures import figure_words, token_text
from trade.pages.live_figures.token_text import Token
from trade.pages.preview import offered


class Figures:
    """The live figures of one page: of the newest releases, or of those to which the page is frozen.

    `frozen` is {"china-totals": 2}: on a page of an earlier release its dataset's figures are of that release, too.
    The releases are asked for once, with the first token; without any there is no query.
    """

    def __init__(self, frozen: dict | None = None):
        self.frozen = frozen or {}
        self._cubes = {}

    def resolved(self, text: str) -> str:
        """The text with its figures: "It was {{ value total all 2016 }}." -> "It was US$5.8 bn."."""
        return token_text.replaced(text, self.said)

    def said(self, token: Token) -> str:
        """What a token says now; “no figure” where there is no such dataset, code or year."""
        cube = self.cube_of(token)
        return figure_words.say(cube, token) if cube else figure_words.no_figure()

    def cube_of(self, token: Token) -> dict | None:
        """The numbers of the release that a token speaks of, or None."""
        release = self.release_of(token)
        return self.cube(release.dataset_id) if release else None

    def cube(self, dataset: str) -> dict:
        """The numbers of a dataset, of the release to which the page is frozen, or of the newest."""
        if dataset not in self._cubes:
            self._cubes[dataset] = self._opened(self.releases[dataset])
        return self._cubes[dataset]

    def release_of(self, token: Token) -> Release | None:
        """The newest release of a token's dataset; where it names none, of the first of its kind."""
        if token.dataset:
            return self.releases.get(token.dataset)
        return next((one for one in self.releases.values() if one.dataset.kind == token.kind), None)

    @cached_property
    def releases(self) -> dict[str, Release]:
        """The newest releases that readers are offered, those with which pages open first."""
        return {release.dataset_id: release for release in offered.newest_ones()}

    def _opened(self, newest):
        number = self.frozen.get(newest.dataset_id, newest.number)
        if number == newest.number:
            return storage.cube(newest)
        release = Release.objects.filter(dataset=newest.dataset_id, number=number, withdrawn=None).first()
        return storage.cube(release or newest, newest=newest)
