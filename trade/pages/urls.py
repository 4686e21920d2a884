"""The addresses of charts, of data and of health; a page and its other forms, JSON to workbook, share a noun.

Under /embed/ stands the same address again, as one figure that other sites may put into a frame, and under
/cards/ as the picture that they show beside a link.
"""

from django.urls import path, re_path, register_converter

from trade.pages import charts, data, files, health
from trade.pages.brief import brief_pages
from trade.pages.corrections import corrections
from trade.pages.embeds import framed
from trade.pages.feeds import release_feed, thing_feed
from trade.pages.gaps.gaps_page import gaps
from trade.pages.goods.index_page import goods
from trade.pages.one_figure.embed_script import embed_script
from trade.pages.preview.view import preview
from trade.pages.watch.metrics_page import metrics


class Form:
    """The other forms of a page: /provinces/ is also /provinces.json, .csv, .svg, .png and .xlsx.

    Under .views.json it is answered with the views of all other times.
    """

    regex = r"json|views\.json|csv|svg|png|xlsx"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Number:
    """The number of a release, written in one way: 1, not 001."""

    regex = r"[1-9][0-9]{0,8}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(Form, "form")
register_converter(Number, "number")
AS_EMBED, AS_CARD = {"form": "embed"}, {"form": "card"}

urlpatterns = [
    path("", charts.home, name="home"),
    path("home.<form:form>", charts.home, name="home"),
    path("totals/", charts.totals, name="totals"),
    path("totals.<form:form>", charts.totals, name="totals"),
    path("totals/brief/", brief_pages.totals, name="totals_brief"),
    path("provinces/", charts.provinces, name="provinces"),
    path("provinces.<form:form>", charts.provinces, name="provinces"),
    path("provinces/<slug:slug>/", charts.province, name="province"),
    path("provinces/<slug:slug>.<form:form>", charts.province, name="province"),
    path("provinces/<slug:slug>/brief/", brief_pages.province, name="province_brief"),
    path("provinces/<slug:slug>/releases.atom", thing_feed.of_province, name="province_feed"),
    path("goods/", goods, name="goods"),
    re_path(r"^goods\.(?P<form>csv|json)$", goods, name="goods"),
    path("commodities/", charts.commodities, name="commodities"),
    path("commodities.<form:form>", charts.commodities, name="commodities"),
    path("commodities/<slug:slug>/", charts.commodity, name="commodity"),
    path("commodities/<slug:slug>.<form:form>", charts.commodity, name="commodity"),
    path("embed/home/", framed(charts.home), AS_EMBED),
    path("commodities/<slug:slug>/brief/", brief_pages.commodity, name="commodity_brief"),
    path("commodities/<slug:slug>/releases.atom", thing_feed.of_commodity, name="commodity_feed"),
    path("embed/totals/", framed(charts.totals), AS_EMBED),
    path("embed/provinces/", framed(charts.provinces), AS_EMBED),
    path("embed/provinces/<slug:slug>/", framed(charts.province), AS_EMBED),
    path("embed/commodities/", framed(charts.commodities), AS_EMBED),
    path("embed/commodities/<slug:slug>/", framed(charts.commodity), AS_EMBED),
    path("cards/home.png", charts.home, AS_CARD),
    path("cards/totals.png", charts.totals, AS_CARD),
    path("cards/provinces.png", charts.provinces, AS_CARD),
    path("cards/provinces/<slug:slug>.png", charts.province, AS_CARD),
    path("cards/commodities.png", charts.commodities, AS_CARD),
    path("cards/commodities/<slug:slug>.png", charts.commodity, AS_CARD),
    path("embed.js", embed_script, name="embed_script"),
    path("data/", data.data, name="data"),
    path("corrections/", corrections, name="corrections"),
    path("data/<slug:slug>/", data.dataset, name="dataset"),
    path("data/<slug:slug>/releases.atom", release_feed.releases_of_dataset, name="dataset_feed"),
    path("data/<slug:slug>/gaps/", gaps, name="gaps"),
    path("data/<slug:slug>/gaps.<form:form>", gaps, name="gaps"),
    path("data/<slug:slug>/latest/<str:name>", files.latest_file, name="latest_file"),
    path("data/<slug:slug>/<number:n>/", data.release, name="release"),
    path("data/<slug:slug>/<number:n>/<str:name>", files.release_file, name="release_file"),
    path("preview/<str:token>/", preview, name="preview"),
    path("preview/<str:token>/<path:path>", preview),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
