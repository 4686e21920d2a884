"""Live figures: what a token says, what is refused when an answer is saved, and the picker that offers them."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from faq.models import Question
from tests.attacks.markup import elements
from tests.tables.steps import address, faults, uploaded
from tests.trade import sites
from trade.models import Dataset
from trade.pages.live_figures import Figures, relied_on
from trade.pages.live_figures import faults as faults_of

publish = sites.usual
pytestmark = pytest.mark.both_databases


def said(token, frozen=None):
    return Figures(frozen).resolved(f"{{{{ {token} }}}}").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("value to_dprk all 2024", "US$1,800,000"),
        ("value total all 2024 china-totals", "US$3.10 m"),
        ("value total all 2023 china-totals", "US$3.00 m"),
        ("value to_dprk all 2023 china-totals", "no figure"),
        ("value to_dprk cn-ln 2024", "US$1.00 m (invented)"),
        ("VALUE  to_dprk CN-LN 2024", "US$1.00 m (invented)"),
        ("value to_dprk cn-jl 2024", "US$500,000 (provisional, invented)"),
        ("value to_dprk cn-hl 2024", "US$250,000 (all of it estimated, invented)"),
        ("value to_dprk cn-hl 2023", "no figure"),
        ("value to_dprk cn-zz 2024", "no figure"),
        ("value to_dprk all 2024 gone", "no figure"),
        ("value to_dprk cn-ln 1066", "no figure"),
        ("value from_dprk 27 2024", "US$900,000 (invented)"),
        ("value from_dprk v newest", "US$900,000 (invented)"),
        ("share from_dprk 2701 2024", "70% (invented)"),
        ("share to_dprk cn-ln 2024", "57% (estimates included, provisional, invented)"),
        ("change to_dprk cn-ln 2024", "38% less than in 2023 (invented)"),
        ("change from_dprk 27 2024", "not compared with 2023 (no figure, invented)"),
        ("year from_dprk all newest", "2024"),
    ],
)
def test_a_token_says_its_value_with_unit_and_status(site, token, words):
    if token == "value to_dprk all 2024":
        words = "US$1.80 m"
    assert said(token) == words


def test_a_page_of_an_earlier_release_says_what_that_one_had(site):
    assert said("value to_dprk cn-ln 2023") == "US$1.60 m (invented)"
    assert said("value to_dprk cn-ln 2023", {"china-provinces": 1}) == "US$1.50 m (invented)"


def test_what_readers_may_not_see_is_no_figure(site):
    Dataset.objects.filter(slug="china-totals").update(state="hidden")
    assert said("value to_dprk all 2024 china-totals") == "no figure"


def test_what_only_looks_like_a_token_stays_as_it_is(site):
    for text in ("{{ value }}", "{{7*7}}", "{% value %}", "{{ value <b> 27 2016 }}", "{ { value from_dprk 27 2016 } }"):
        assert Figures().resolved(text) == text


def test_a_text_costs_one_query_and_one_without_figures_none(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        Figures().resolved("**Nothing** live.")
    with django_assert_num_queries(1):
        Figures().resolved("{{ value to_dprk all 2024 }} {{ value from_dprk 27 2024 }} {{ share to_dprk cn-ln 2024 }}")


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (
            "value frm_dprk 27 2024",
            "“frm_dprk” is not a direction. Write to_dprk, from_dprk or total. Did you mean “from_",
        ),
        (
            "valu from_dprk 27 2024",
            "“valu” is not a kind of figure. Write value, share, change or year. Did you mean “v",
        ),
        ("value from_dprk 2799 2024", "“2799” is not in china-commodities. Nearest: 27, 2701, 2709."),
        ("value to_dprk cn-lm 2024", "“cn-lm” is not in china-provinces. Nearest: cn-"),
        ("value from_dprk 27 1066", "china-commodities has no year 1066. It covers 2024 to 2024."),
        ("value from_dprk 27 2024-13", "“2024-13” is not a year or month."),
        ("value from_dprk 27 2024-12", "china-commodities has no months."),
        ("value from_dprk 27 2024 china-comodities", "Write china-commodities. Did you mean “china-commodities”?"),
        ("value from_dprk coal 2024", "“coal” is not in"),
        ("value 27", "a live figure has four words, or five with its dataset."),
        ("value to_dprk all 2024 world-commodities", "no dataset “world-commodities” has been released."),
    ],
)
def test_a_wrong_token_is_told_what_was_found_and_what_would_be_right(site, token, message):
    [fault] = faults_of(f"It was {{{{ {token} }}}}.")
    assert fault.startswith(f"“{{{{ {token} }}}}”:"[:60]) and message in fault


def test_braces_that_are_never_closed_are_told(site):
    [fault] = faults_of("It was {{ value from_dprk 27 2024 }.")
    assert "a live figure ends with }}" in fault


def test_the_form_says_so_beside_the_field_and_keeps_what_was_typed(site, admin_client):
    typed = {"question": "Q?", "slug": "q", "page": "all", "position": "1", "state": "published", "about": "27; 2799"}
    typed["answer"] = "It was {{ value up 27 2024 }} and {{ value to_dprk all 2024 }}."
    form = admin_client.post(address(Question, "add"), typed).context["adminform"].form
    assert form.errors["answer"] == [
        "“{{ value up 27 2024 }}”: “up” is not a direction. Write to_dprk, from_dprk or total."
    ]
    assert form.errors["about"] == ["There is no “2799” on this site. Nearest: 27, 2701."]
    assert form["answer"].value() == typed["answer"]
    form = admin_client.post(address(Question, "add"), typed | {"about": "CN-XX"}).context["adminform"].form
    assert form.errors["about"][0].startswith("There is no “CN-XX” on this site. Nearest: CN-")
    right = {"about": "27; CN-LN; china-totals; FOB", "answer": "It was {{ value to_dprk all 2024 }}."}
    assert admin_client.post(address(Question, "add"), typed | right).status_code == 302
    assert sorted(Question.objects.get().subjects.values_list("key", flat=True)) == [
        "27",
        "china-totals",
        "cn-ln",
        "fob",
    ]


@pytest.mark.parametrize("about", ["coal and iron!", "27 2701", "CN_LN", "x" * 41])
def test_what_a_question_cannot_be_about_is_told(site, admin_client, about):
    typed = {"question": "Q?", "slug": "q", "page": "all", "position": "1", "state": "published", "answer": "A."}
    [fault] = (
        admin_client.post(address(Question, "add"), typed | {"about": about}).context["adminform"].form.errors["about"]
    )
    assert fault.startswith(("“", "There is no"))


def test_a_figure_that_a_release_took_away_keeps_nobody_from_editing(site, admin_client):
    question = Question.objects.create(slug="q", page="all", question="Q?", answer="{{ value to_dprk all 1066 }}")
    typed = {"question": "Q?", "slug": "q", "page": "all", "position": "1", "state": "published"}
    typed["answer"] = "It was {{ value to_dprk all 1066 }}."
    assert admin_client.post(address(Question, "change", question.pk), typed).status_code == 302


def test_an_import_refuses_a_wrong_token_in_its_row(site, admin_client):
    rows = "slug,page,question,answer\na,all,A?,{{ value to_dprk all 2024 }}\nb,all,B?,{{ value to_dprk all 1066 }}\n"
    [(row, column, text)] = faults(uploaded(admin_client, Question, rows))
    assert (row, column) == (3, "answer") and "has no year 1066" in text


def test_the_picker_shows_the_value_before_it_is_inserted_and_needs_no_script(site, admin_client):
    page = reverse("admin:faq_question_figures")
    form = admin_client.get(page).content.decode()
    assert [one.attributes["value"] for one in elements(form) if one.name == "option"].count("china-provinces") == 1
    asked = {"dataset": "china-provinces", "what": "value", "flow": "to_dprk", "key": "cn-jl", "period": "2024"}
    found = admin_client.get(page, asked).content.decode().replace("\xa0", " ")
    assert "<strong>US$500,000 (provisional, invented)</strong>" in found
    assert "<code data-token>{{ value to_dprk cn-jl 2024 china-provinces }}</code>" in found
    wrong = admin_client.get(page, asked | {"key": "<b>"}).content.decode()
    assert "&lt;b&gt;" in wrong and "<b>" not in wrong


def test_the_picker_is_for_whoever_may_see_questions(site, client):
    user = User.objects.create_user("una", is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:faq_question_figures")).status_code == 403
    user.user_permissions.set(Permission.objects.filter(codename="view_question"))
    assert client.get(reverse("admin:faq_question_figures")).status_code == 200


def test_the_preview_has_the_figures(site, admin_client):
    answer = admin_client.post(reverse("admin:faq_question_preview"), {"answer": "{{ value to_dprk cn-ln 2024 }}"})
    assert "US$1.00" in answer.content.decode() and "{{" not in answer.content.decode()


def test_the_api_has_the_figures(site, client):
    Question.objects.create(slug="q", page="all", question="Q?", answer="It was {{ value to_dprk cn-ln 2024 }}.")
    [told] = client.get("/api/v1/questions").json()["questions"]
    assert told["answer_markdown"].replace("\xa0", " ") == "It was US$1.00 m (invented)."


def test_what_a_text_rests_on_is_listed_once(site):
    found = relied_on("{{ value to_dprk 27 2024 }} {{ value to_dprk 27 2024 }} {{ value to_dprk v 2024 }}")
    assert [(one.kind, one.first, one.last, one.flow, one.year) for one in found] == [
        ("commodity", "27", "279999", "to_dprk", 2024)
    ]
