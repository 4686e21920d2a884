"""Hands what is asked for by hand to the worker, and leads to the page of the upload that it becomes."""

from django.db import transaction
from django.shortcuts import redirect

from trade import tasks
from trade.models import Upload
from trade.publishing import by_hand


def may_correct(user) -> bool:
    """Tell whether a user may enter corrections: who may upload figures, or publish them, may."""
    return user.has_perm("trade.add_upload") or user.has_perm("trade.publish_upload")


def have_compared(model_admin, request, asked: Upload):
    """Have the worker compare what is asked for, once however often it is clicked, and lead to where it is shown."""
    with transaction.atomic():
        upload, is_new = by_hand.ask(asked, request.user)
        if is_new:
            model_admin.log_addition(request, upload, "entered by hand")
            tasks.stage_upload.enqueue(upload.pk)
    return redirect("admin:trade_upload_change", upload.pk)
