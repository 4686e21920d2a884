"""The addresses of charts, of data and of health; a page and its other forms, JSON to workbook, share a noun.

Under /embed/ stands the same address again, as one figure that other sites may put into a frame, and under
/cards/ as the picture that they show beside a link.
"""

from django.urls import path, register_converter

from trade.pages import views
from trade.pages.embeds import framed


class Form:
    """The other forms of a page: /provinces/ is also /provinces.json, .csv, .svg, .png and .xlsx.

    Under .views.json it is answered with the views one step away.
    """

    regex = r"json|views\.json|csv|svg|png|xlsx"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Form, "form")
AS_EMBED, AS_CARD = {"form": "embed"}, {"form": "card"}

urlpatterns = [
    path("", views.home, name="home"),
    path("home.<form:form>", views.home, name="home"),
    path("provinces/", views.provinces, name="provinces"),
    path("provinces.<form:form>", views.provinces, name="provinces"),
    path("provinces/<slug:slug>/", views.province, name="province"),
    path("provinces/<slug:slug>.<form:form>", views.province, name="province"),
    path("commodities/", views.commodities, name="commodities"),
    path("commodities.<form:form>", views.commodities, name="commodities"),
    path("commodities/<slug:slug>/", views.commodity, name="commodity"),
    path("commodities/<slug:slug>.<form:form>", views.commodity, name="commodity"),
    path("embed/provinces/", framed(views.provinces), AS_EMBED),
    path("embed/provinces/<slug:slug>/", framed(views.province), AS_EMBED),
    path("embed/commodities/", framed(views.commodities), AS_EMBED),
    path("embed/commodities/<slug:slug>/", framed(views.commodity), AS_EMBED),
    path("cards/home.png", views.home, AS_CARD),
    path("cards/provinces.png", views.provinces, AS_CARD),
    path("cards/provinces/<slug:slug>.png", views.province, AS_CARD),
    path("cards/commodities.png", views.commodities, AS_CARD),
    path("cards/commodities/<slug:slug>.png", views.commodity, AS_CARD),
    path("data/", views.data, name="data"),
    path("data/<slug:slug>/", views.dataset, name="dataset"),
    path("data/<slug:slug>/latest/<str:name>", views.latest_file, name="latest_file"),
    path("data/<slug:slug>/<int:n>/", views.release, name="release"),
    path("data/<slug:slug>/<int:n>/<str:name>", views.release_file, name="release_file"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
