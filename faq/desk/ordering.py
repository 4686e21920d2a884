"""Moves a question to another place in the order of all, and writes the positions that keep it there."""

from django.db import transaction

from faq.models import Question

STEP = 10  # between two positions, so that there is room for another
LAST = 32_767  # what a position can be
REASON = "moved"


@transaction.atomic
def move(moved: int, beside: int, is_after: bool) -> dict[int, int]:
    """Put one question right behind another, or before it; return the positions that changed: {7: 25}.

    Raises: Question.DoesNotExist where one of them is gone.
    """
    positions = dict(Question.objects.select_for_update().order_by("position", "slug").values_list("pk", "position"))
    if moved not in positions or beside not in positions or moved == beside:
        raise Question.DoesNotExist
    order = [pk for pk in positions if pk != moved]
    place = order.index(beside) + is_after
    order.insert(place, moved)
    wanted = _between(positions, order, place) or _numbered_anew(order)
    changed = {pk: position for pk, position in wanted.items() if positions[pk] != position}
    _store(changed, moved)
    return changed


def _between(positions, order, place):
    """The one position that has to change, where there is room between the neighbours; else nothing."""
    before = positions[order[place - 1]] if place else 0
    after = positions[order[place + 1]] if place + 1 < len(order) else before + 2 * STEP
    middle = (before + after) // 2
    return {order[place]: middle} if before < middle < after and middle <= LAST else {}


def _numbered_anew(order):
    step = max(1, min(STEP, LAST // (len(order) + 1)))
    return {pk: (place + 1) * step for place, pk in enumerate(order)}


def _store(changed, moved):
    """Write the positions; the history names the one that was moved, by which readers' pages are made anew."""
    others = [Question(pk=pk, position=position) for pk, position in changed.items() if pk != moved]
    Question.objects.bulk_update(others, ["position"], batch_size=500)
    question = Question.objects.get(pk=moved)
    question.position = changed.get(moved, question.position)
    question._change_reason = REASON
    question.save()
