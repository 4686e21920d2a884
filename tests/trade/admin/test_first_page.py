"""The first page of the admin shows each account its open work, and leads to the main job; the guide is at hand."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from drafts.models import Draft
from tests.accounts import ready_groups
from tests.trade import sites
from trade.models import Dataset, Upload, UploadFile

publish = sites.usual
QUERIES = 18


def account(name, *groups):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def groups(site):
    ready_groups.make_again()


@pytest.fixture
def uploads(site, groups):
    """Uploads of two people in every state, the dataset of goods needing a second person."""
    people = {"una": account("una", "Uploader"), "pat": account("pat", "Uploader", "Publisher")}
    Dataset.objects.filter(pk="china-commodities").update(needs_second_person=True)
    for name, slug, state in [
        ("una", "china-provinces", "staged"),
        ("pat", "china-commodities", "staged"),
        ("una", "china-totals", "refused"),
        ("una", "china-provinces", "scheduled"),
        ("pat", "china-totals", "reading"),
        ("pat", "china-totals", "discarded"),
    ]:
        made = Upload.objects.create(
            dataset_id=slug, user=people[name], state=state, publish_at=timezone.now() if state == "scheduled" else None
        )
        UploadFile.objects.create(upload=made, name=f"{name}-{state}-{slug}.xlsx", size=1)
    return people


def listed(client, user, name):
    """The files that a list of the first page names to an account."""
    client.force_login(user)
    content = client.get("/admin/").content.decode()
    found = re.search(rf'aria-labelledby="list-{name}".*?</section>', content, re.DOTALL)
    return re.findall(r"([a-z-]+)\.xlsx", found[0]) if found else None


def test_what_waits_is_shown_to_who_may_publish_it(uploads, client):
    assert listed(client, uploads["pat"], "waiting") == ["una-staged-china-provinces"]
    assert listed(client, uploads["una"], "waiting") == ["una-staged-china-provinces"]
    assert listed(client, account("third", "Publisher"), "waiting") == [
        "pat-staged-china-commodities",
        "una-staged-china-provinces",
    ]


def test_each_sees_what_it_has_to_mend_what_is_read_and_what_has_its_hour(uploads, client):
    assert listed(client, uploads["una"], "to-mend") == ["una-refused-china-totals"]
    assert listed(client, uploads["pat"], "to-mend") is None
    assert listed(client, uploads["una"], "scheduled") == ["una-scheduled-china-provinces"]
    assert listed(client, uploads["una"], "at-work") == ["pat-reading-china-totals"]


def test_who_may_neither_upload_nor_publish_sees_no_upload(uploads, client):
    client.force_login(account("writer", "Editor of words"))
    content = client.get("/admin/").content.decode()
    assert ".xlsx" not in content and "Upload new figures" not in content


def test_the_main_job_comes_first_by_name_and_by_keyboard(uploads, client, django_assert_max_num_queries):
    client.force_login(uploads["pat"])
    with django_assert_max_num_queries(QUERIES):
        content = client.get("/admin/").content.decode()
    assert "China–DPRK trade by Chinese province, release 2" in content
    assert "china-provinces" not in re.sub(r'href="[^"]*"|[a-z-]+\.xlsx', "", content)
    # What stands before it: the skip link, the second factor, mails, the site, the password, to log out, the theme.
    assert tabs_before(content, "Upload new figures") <= 8
    form = client.get(reverse("admin:trade_upload_import")).content.decode()
    assert tabs_before(form, 'name="dataset"') <= 10


def test_what_is_to_review_of_words_is_shown_to_who_may_change_it(uploads, client):
    model = apps.get_model("faq", "Question")
    question = model.objects.create(slug="why", page="both", question="Why?", answer="Because.", state="draft")
    writer = account("writer", "Editor of words")
    kind = ContentType.objects.get_for_model(question)
    Draft.objects.create(content_type=kind, title="Whose coal?", contents={}, author=writer, saved=timezone.now())
    for user, sees in [(writer, True), (uploads["una"], False)]:
        client.force_login(user)
        content = client.get("/admin/").content.decode()
        assert [word in content for word in ("Whose coal?", ">Why?<")] == [sees, sees]


def tabs_before(content, what):
    controls = re.findall(r'<a [^>]*href|<button|<select|<input(?! type="hidden)', content[: content.index(what)])
    return len(controls)


def test_the_guide_and_what_it_refers_to_can_be_read_in_the_admin(client, site):
    assert client.get("/admin/guide/").status_code == 302
    client.force_login(account("staff"))
    content = client.get("/admin/guide/").content.decode()
    for address in set(re.findall(r'(?:href|src)="(/admin/guide/[^"#]+)', content)):
        assert client.get(address).status_code == 200, address
    anchors = set(re.findall(r'href="#([^"]+)"', content)) - {"content-start"}
    assert anchors and not anchors - set(re.findall(r'id="([^"]+)"', content))
    assert client.get("/admin/guide/secrets/").status_code == 404
