"""Every page that an editor meets, for everyone: axe finds nothing, wide or narrow, light or dark."""

import re

import pytest

from tests.browser.pages import DESKTOP, ON_A_DESK, ON_A_PHONE, faults, overflow, sign_in
from tests.browser.test_desk import upload
from tests.samples import soaking, some

HEADER = "province,year,month,flow,reported_usd,estimate_usd,status,note\n"
UPLOADS = {
    "refused": HEADER + "Jilinn,2016,,to_dprk,5,,A,\nLiaoning,2016,,to_dprk,many,,A,\n",
    "asking": "province,year,reported_usd\nCN-LN,2016,5\n",
    "staged": HEADER + "CN-LN,2015,,to_dprk,238041428,,A,\nCN-JL,2016,,to_dprk,,,A,\n",
}
ADMIN = "/admin/trade"
PAGES = [
    "/admin/",
    f"{ADMIN}/upload/",
    f"{ADMIN}/upload/import/",
    f"{ADMIN}/upload/correct/",
    f"{ADMIN}/upload/correct/?dataset=china-provinces&flow=to_dprk&key=CN-LN&key=CN-HL&first=2012&last=2016",
    f"{ADMIN}/upload/correct/?dataset=china-provinces&cell=CN-LN_to_dprk_2016_0",
    f"{ADMIN}/release/",
    f"{ADMIN}/release/1/change/",
    f"{ADMIN}/release/1/revert/",
    f"{ADMIN}/release/1/withdraw/",
    f"{ADMIN}/provinceobservation/",
    f"{ADMIN}/provinceobservation/1/change/",
    f"{ADMIN}/province/",
    f"{ADMIN}/province/CN-LN/change/",
    f"{ADMIN}/province/import/",
    f"{ADMIN}/province/export/",
    f"{ADMIN}/alias/add/",
    f"{ADMIN}/annotation/add/",
    "/admin/faq/question/1/change/",
    "/admin/faq/question/drafts/",
    "/admin/faq/question/deleted/",
    "/admin/sanctions/resolution/2397/change/",
    "/admin/accounts/logentry/",
    "/accounts/second-factor/",
    "/accounts/second-factor/webauthn/",
    "/accounts/second-factor/totp/activate/",  # which first asks for the password
    "/accounts/password/change/",
    "/admin/site_texts/sitetext/name/change/",
    "/accounts/mails/",
]
FOR_VISITORS = ["/accounts/login/", "/accounts/password/reset/"]


@pytest.fixture(scope="module")
def uploads(browser, site):
    """One upload of each kind that stops at the editor: {"refused": "/admin/trade/upload/1/change/", …}."""
    context = browser.new_context(base_url=site.address, viewport=DESKTOP)
    page, addresses = context.new_page(), {}
    sign_in(page, site)
    for state, content in UPLOADS.items():
        upload(page, f"{state}.csv", content.encode())
        assert page.locator(f".state-{state}").count() == 1
        addresses[state] = page.url.removeprefix(site.address)
    context.close()
    return addresses


def _sample(pages, looks):
    """All pages in a soak; else half of them on a desk and the others on a phone."""
    return pages if soaking() else pages[looks is ON_A_PHONE :: 2]


def submit(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def import_table(page, content):
    page.goto(f"{ADMIN}/province/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "p.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    submit(page, "Preview changes")


@pytest.mark.parametrize("looks", some([ON_A_PHONE, ON_A_DESK], 1), ids=some(["phone", "desktop"], 1))
def test_axe_finds_nothing_on_any_page_that_an_editor_meets(new_page, site, uploads, looks):
    page = new_page(viewport=looks[0][0])
    sign_in(page, site)
    found = {}

    def look(name):
        found[name] = [*faults(page, looks).items()] + [f"{overflow(page)} px too wide"] * (overflow(page) > 0)

    for address in [*_sample(PAGES, looks), *uploads.values()]:
        assert page.goto(address).status == 200, address
        look(address)
    page.locator("form").filter(has=page.get_by_label("Note for readers")).evaluate("form => form.noValidate = true")
    submit(page, "Publish as the next release")
    look("a publication without ticks")
    import_table(page, "code,note\nCN-LNx,a\nCN-JL," + "y" * 300)
    look("faults of a small table")
    import_table(page, f"code,note\nCN-LN,{looks[0][0]['width']} px\n")
    look("preview of a small table")
    submit(page, "Save these changes")
    assert re.search(r"1 updated", page.content())
    look("what was stored of a small table")
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("looks", [ON_A_DESK, ON_A_PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_the_way_in(new_page, looks):
    page, found = new_page(viewport=looks[0][0]), {}
    for address in FOR_VISITORS:
        assert page.goto(address).status == 200, address
        found[address] = [*faults(page, looks).items()] + [f"{overflow(page)} px too wide"] * (overflow(page) > 0)
    assert {address: faults for address, faults in found.items() if faults} == {}
