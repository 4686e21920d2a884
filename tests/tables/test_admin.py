"""The admin of places, goods, other spellings, datasets, questions and sanctions, as an editor uses it."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from faq.models import Question
from sanctions.models import Measure, Resolution
from tests.samples import slow_after
from trade.models import (
    Alias,
    Annotation,
    Chapter,
    Commodity,
    Dataset,
    Province,
    ProvinceObservation,
    Release,
    Section,
)

pytestmark = pytest.mark.both_databases

MODELS = [Province, Section, Chapter, Commodity, Alias, Annotation, Dataset, Question, Resolution, Measure]


@pytest.fixture
def dataset(words, db):
    fields = {"title": "Trade", "description": "d", "partner": "China", "reporter": "China", "source": "s"}
    return Dataset.objects.create(
        slug="trade", kind="province", licence="l", basis_to_dprk="FOB", basis_from_dprk="CIF", **fields
    )


@pytest.fixture
def observed(dataset):
    """A release with one value of Liaoning."""
    release = Release.objects.create(dataset=dataset, number=1, kind="scheduled", note="n", created="2026-01-01T00:00Z")
    fields = {"flow": "to_dprk", "year": 2016, "component": "reported", "value_usd": 1, "status": "A"}
    return ProvinceObservation.objects.create(dataset=dataset, province_id="CN-LN", since=release, **fields)


def address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def form_of(page):
    """What a browser would send back of an admin form that nobody touched."""
    context, inlines = page.context, page.context.get("inline_admin_formsets", [])
    forms = [
        context["adminform"].form,
        *(f for inline in inlines for f in inline.formset.forms),
    ]
    managers = [inline.formset.management_form for inline in inlines]
    data = {}
    for form in [*managers, *forms]:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not False:
                data[field.html_name] = "" if value is None else value
    return data


def saved(client, model, pk, **changes):
    where = address(model, "change", pk)
    return client.post(where, form_of(client.get(where)) | changes)


def errors(response):
    return re.findall(r'<ul class="errorlist[^"]*"[^>]*><li>(.*?)</li>', response.content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("model", slow_after(3, MODELS))
def test_every_list_opens_searches_and_holds_nothing_that_the_policy_forbids(editor, dataset, model):
    Annotation.objects.create(dataset=dataset, text="Guangdong 2017", year=2017)
    for query in ("", "?q=27", "?q=%00", "?q=" + "x" * 300):
        page = editor.get(address(model, "changelist") + query)
        assert page.status_code in (200, 302)
    page = editor.get(address(model, "changelist")).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|<style", page)
    assert f"\n{model.objects.count():,} " in page


@pytest.mark.parametrize("model", slow_after(3, MODELS))
def test_every_form_opens_and_holds_nothing_that_the_policy_forbids(editor, dataset, model):
    Annotation.objects.create(dataset=dataset, text="Guangdong 2017", year=2017)
    for where in (address(model, "add"), address(model, "change", model.objects.first().pk)):
        page = editor.get(where)
        assert page.status_code == 200
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*(src=|type=\"application/json\"))|<style",
                             page.content.decode())  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("model", [Province, Section, Chapter, Commodity, Alias, Question, Resolution, Measure])
def test_a_form_that_nobody_touched_saves_and_changes_nothing(editor, model):
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    response = saved(editor, model, row.pk)
    assert response.status_code == 302, errors(response)
    assert model.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", [Province, Chapter, Measure, Question, Commodity])
def test_a_list_takes_a_bounded_number_of_queries(editor, django_assert_max_num_queries, model):
    with django_assert_max_num_queries(15):
        editor.get(address(model, "changelist"))


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        (Province, "Neimenggu", "CN-NM"),
        (Province, "辽宁", "CN-LN"),
        (Province, "지린성", "CN-JL"),
        (Province, "21", "CN-LN"),
        (Chapter, "Mineral fuels", "27"),
        (Commodity, "270112", "270112"),
        (Commodity, "Crude petroleum", "2709"),
    ],
)
def test_things_are_found_by_what_an_editor_knows_of_them(editor, model, query, found):
    rows = editor.get(address(model, "changelist"), {"q": query}).context["cl"].result_list
    assert found in [row.pk for row in rows]


def test_measures_are_found_by_code_goods_and_number(editor):
    def search(query):
        return editor.get(address(Measure, "changelist"), {"q": query}).context["cl"].result_list

    assert {measure.goods for measure in search("8802")} == {"new helicopters and vessels"}
    assert {2371} <= {measure.resolution_id for measure in search("2371")} < {2371, 2375, 2397}
    assert [measure.resolution_id for measure in search("statues")] == [2321]


def test_measures_are_filtered_by_what_is_not_yet_checked(editor):
    rows = editor.get(address(Measure, "changelist"), {"checked__exact": "recalled"}).context["cl"].result_list
    assert {measure.basis for measure in rows} == {"R"}


# Keys and deletion


def test_a_province_in_use_cannot_be_deleted_and_one_without_values_can(editor, observed):
    assert editor.get(address(Province, "delete", "CN-LN")).status_code == 403
    assert editor.post(address(Province, "delete", "CN-LN"), {"post": "yes"}).status_code == 403
    editor.post(address(Province, "delete", "CN-XZ"), {"post": "yes"})
    assert list(Province.objects.filter(pk__in=["CN-LN", "CN-XZ"]).values_list("pk", flat=True)) == ["CN-LN"]


@pytest.mark.parametrize("model", [Province, Section, Chapter, Commodity, Dataset])
def test_many_at_once_cannot_be_deleted(editor, model):
    pks = [str(row.pk) for row in model.objects.all()[:2]]
    data = {"action": "delete_selected", "_selected_action": pks, "post": "yes"}
    count = model.objects.count()
    editor.post(address(model, "changelist"), data)
    assert model.objects.count() == count


@pytest.mark.parametrize(("model", "pk"), [(Chapter, "27"), (Section, "V")])
def test_a_chapter_with_headings_and_a_section_with_chapters_stay(editor, model, pk):
    assert editor.post(address(model, "delete", pk), {"post": "yes"}).status_code == 403


def test_a_dataset_in_use_stays(editor, observed):
    assert editor.post(address(Dataset, "delete", "trade"), {"post": "yes"}).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "pk", "field"), [(Province, "CN-LN", "code"), (Chapter, "27", "code"), (Section, "V", "number")]
)
def test_a_key_is_set_once(editor, model, pk, field):
    assert field not in editor.get(address(model, "change", pk)).context["adminform"].form.fields
    saved(editor, model, pk, **{field: "X"})
    assert model.objects.filter(pk=pk).exists()


def test_the_identity_of_a_dataset_is_set_once_and_the_rest_is_not(editor, dataset):
    saved(editor, Dataset, "trade", slug="other", kind="commodity", title="Trade, revised")
    dataset.refresh_from_db()
    assert (dataset.slug, dataset.kind, dataset.title) == ("trade", "province", "Trade, revised")


# Aliases


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "Hebei Province", "province": "CN-HB"}, "“Hebei Province” is already assigned to CN-HE."),
        ({"name": "nei mongol", "province": "CN-LN"}, "“nei mongol” is already assigned to CN-NM."),
        ({"name": "Mineral Fuels", "chapter": "26"}, "“Mineral Fuels” is already assigned to 27."),
        ({"name": "…", "province": "CN-LN"}, "“…” must contain at least one letter or digit."),
        ({"name": "Both", "province": "CN-LN", "chapter": "27"}, "Choose a province or a chapter, not both."),
        ({"name": "Neither"}, "Choose a province or a chapter, not both."),
    ],
)
def test_a_spelling_that_means_something_else_is_refused(editor, fields, told):
    page = editor.post(address(Alias, "add"), {"province": "", "chapter": ""} | fields)
    assert page.status_code == 200
    assert told in errors(page)


def test_a_new_spelling_is_found_from_then_on(editor):
    from trade.reference.vocabulary import known_spellings

    editor.post(address(Alias, "add"), {"name": "Liaodong", "province": "CN-LN", "chapter": ""})
    assert known_spellings("province")["liaodong"] == "CN-LN"


@pytest.mark.slow
def test_a_spelling_is_added_under_its_province(editor):
    form = form_of(editor.get(address(Province, "change", "CN-LN")))
    place = int(form["aliases-TOTAL_FORMS"]) - 1
    saved(editor, Province, "CN-LN", **{f"aliases-{place}-name": "Liaodong"})
    assert Alias.objects.get(name="Liaodong").province_id == "CN-LN"
    page = saved(editor, Province, "CN-LN", **{f"aliases-{place + 1}-name": "Kirin", "aliases-TOTAL_FORMS": place + 2})
    assert "“Kirin” is already assigned to CN-JL." in page.content.decode() or "already exists" in page.content.decode()


def test_a_heading_outside_its_chapter_is_refused_in_words(editor):
    page = editor.post(address(Commodity, "add"), {"code": "2799", "chapter": "26", "title": "x"})
    assert errors(page) == ["The code must begin with the code of its chapter."]


# Questions and sanctions


@pytest.mark.slow
def test_codes_that_cannot_be_understood_are_told_beside_their_field(editor):
    measure = Measure.objects.get(goods="statues")
    page = saved(editor, Measure, measure.pk, codes_text="97 and 68")
    assert errors(page)[0].startswith("“97 and 68” is not a list of HS codes.")


def test_a_change_of_codes_in_the_admin_reaches_the_chapters_and_the_history(editor):
    measure = Measure.objects.get(goods="statues")
    saved(editor, Measure, measure.pk, codes_text="9703 (part)", basis="R")
    measure.refresh_from_db()
    assert [str(code) for code in measure.codes.all()] == ["9703 (part)"]
    assert measure.checked == "recalled"
    assert measure.history.first().history_user.username == "editor"
    assert b"9703 (part)" in editor.get(address(Measure, "history", measure.pk)).content


def test_an_earlier_wording_can_be_brought_back(editor):
    question = Question.objects.get(slug="crude-oil")
    words = question.answer
    saved(editor, Question, question.pk, answer="Shorter.")
    first = question.history.order_by("history_id").first()
    where = reverse("admin:faq_question_simple_history", args=[question.pk, first.pk])
    editor.post(where, form_of(editor.get(where)))
    question.refresh_from_db()
    assert question.answer == words
    assert question.history.count() == 3


@pytest.mark.parametrize(("model", "pk"), [(Measure, None), (Question, None), (Resolution, 2371)])
def test_the_history_holds_nothing_that_the_policy_forbids(editor, model, pk):
    page = editor.get(address(model, "history", pk or model.objects.first().pk))
    assert page.status_code == 200
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|<style", page.content.decode())


def test_the_preview_shows_what_readers_would_get(editor):
    html = editor.post(reverse("admin:faq_question_preview"), {"answer": "# Why\n\n<script>x</script> **Oil**"})
    assert html.content.decode() == ("<h4>Why</h4>\n<p>&lt;script&gt;x&lt;/script&gt; <strong>Oil</strong></p>\n")


def test_the_preview_is_for_editors_only(client, words, db):
    where = reverse("admin:faq_question_preview")
    assert client.post(where, {"answer": "x"}).status_code == 302
    client.force_login(User.objects.create_user("clerk", password="x", is_staff=True))
    assert client.post(where, {"answer": "x"}).status_code == 403


def test_the_preview_takes_no_get(editor):
    assert editor.get(reverse("admin:faq_question_preview")).status_code == 405


def test_line_ends_of_a_browser_are_stored_plainly(editor):
    question = Question.objects.get(slug="crude-oil")
    saved(editor, Question, question.pk, answer="One.\r\n\r\nTwo.")
    question.refresh_from_db()
    assert question.answer == "One.\n\nTwo."


def test_the_list_of_resolutions_counts_what_is_not_yet_checked(editor):
    rows = {row.number: row for row in editor.get(address(Resolution, "changelist")).context["cl"].result_list}
    for number, row in rows.items():
        measures = Measure.objects.filter(resolution=number)
        assert row.measure_count == len(measures)
        assert row.unchecked_count == len([measure for measure in measures if measure.checked != "read"])
