"""The order of the questions, which editors change by keys, by dragging, or by the numbers in their boxes."""

import pytest
from django.contrib.auth.models import Permission, User
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faq.desk import ordering
from faq.models import Question
from tests.samples import examples
from tests.tables.steps import address

pytestmark = pytest.mark.both_databases


def made(*positions):
    return [
        Question.objects.create(slug=f"q{n}", page="all", question=f"{n}?", answer="!", position=position)
        for n, position in enumerate(positions)
    ]


def slugs():
    return list(Question.objects.values_list("slug", flat=True))


def test_a_question_is_put_behind_another_or_before_it(db):
    first, second, third = made(10, 20, 30)
    assert ordering.move(first.pk, second.pk, is_after=True) == {first.pk: 25}
    assert slugs() == ["q1", "q0", "q2"]
    assert ordering.move(third.pk, second.pk, is_after=False) == {third.pk: 10}
    assert slugs() == ["q2", "q1", "q0"]


def test_where_there_is_no_room_all_are_numbered_anew(db):
    first, second, third = made(100, 100, 100)
    assert ordering.move(third.pk, first.pk, is_after=True) == {first.pk: 10, third.pk: 20, second.pk: 30}
    assert slugs() == ["q0", "q2", "q1"]


def test_the_history_names_the_one_that_was_moved(db):
    first, second = made(1, 2)
    ordering.move(first.pk, second.pk, is_after=True)
    assert (first.history.count(), second.history.count()) == (2, 1)


@pytest.mark.slow
class AnyMoves(TestCase):
    """Whatever is moved where, the order is the one that a list of them would have."""

    @examples(200)
    @given(st.lists(st.integers(0, 32_767), min_size=2, max_size=6), st.data())
    def test_moves_do_to_positions_what_they_do_to_a_list(self, positions, data):
        Question.objects.all().delete()
        made(*positions)
        order = list(Question.objects.values_list("pk", flat=True))
        for _move in range(4):
            moved, beside = data.draw(st.permutations(order))[:2]
            is_after = data.draw(st.booleans())
            ordering.move(moved, beside, is_after)
            order.remove(moved)
            order.insert(order.index(beside) + is_after, moved)
            assert list(Question.objects.values_list("pk", flat=True)) == order


def test_the_server_moves_what_the_list_asks_and_says_the_new_numbers(db, admin_client):
    first, second, third = made(10, 20, 30)
    page = admin_client.get(address(Question, "changelist")).content.decode()
    assert page.count(f'data-order-at="{address(Question, "order")}"') == 3
    answer = admin_client.post(address(Question, "order"), {"moved": first.pk, "after": third.pk})
    assert answer.json() == {"positions": {str(first.pk): 40}}
    assert "data-order-at" not in admin_client.get(address(Question, "changelist"), {"o": "1"}).content.decode()
    assert second.history.count() == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 400), ({"moved": "x", "after": "1"}, 400), ({"moved": "1"}, 400), ({"moved": "98765", "after": "1"}, 409),
     ({"moved": "9" * 30, "after": "1"}, 400), ({"moved": "1", "after": "1"}, 409)],
)  # fmt: skip
def test_a_move_that_is_none_changes_nothing(db, admin_client, sent, status):
    made(10, 20)
    assert admin_client.post(address(Question, "order"), sent).status_code == status
    assert slugs() == ["q0", "q1"]


def test_who_may_not_publish_moves_nothing(db, client):
    first, second = made(10, 20)
    user = User.objects.create_user("writer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_question", "change_question"]))
    client.force_login(user)
    assert client.post(address(Question, "order"), {"moved": first.pk, "after": second.pk}).status_code == 403
    assert "data-order-at" not in client.get(address(Question, "changelist")).content.decode()
    assert client.get(address(Question, "order")).status_code == 405
