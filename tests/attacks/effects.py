"""What a request did: the rows that it wrote, whatever it answered, and the mails that it sent."""

import re
from contextlib import contextmanager

from django.core import mail
from django.db import connection, transaction

WRITES = re.compile(r'\s*(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?"?(\w+)', re.IGNORECASE)
LOGS = ("accounts_logentry", "django_admin_log")  # that something was refused may be noted


@contextmanager
def undone():
    """Undo at the end what was done in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def noted():
    """Collect what is written to which table meanwhile, and "mail" for a mail: ["UPDATE faq_question", "mail"]."""
    found, mails = [], len(getattr(mail, "outbox", []))

    def note(execute, sql, params, many, context):
        if (match := WRITES.match(sql)) and match[2] not in LOGS:
            found.append(f"{match[1]} {match[2]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    found.extend(["mail"] * (len(getattr(mail, "outbox", [])) - mails))
