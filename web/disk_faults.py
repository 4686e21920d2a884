"""Says in words that the disk is full or cannot be written, whichever library or database has noticed it."""

import errno

from django.utils.translation import gettext as _

FULL = (errno.ENOSPC, errno.EDQUOT, "database or disk is full", "No space left on device")
READ_ONLY = (errno.EROFS, "attempt to write a readonly database", "Read-only file system")


def in_words(error: BaseException) -> str | None:
    """Say what is wrong with the disk, where an error or what led to it says so: "The disk … is full. …"."""
    errors = list(_with_causes(error))
    if any(_is_one_of(FULL, each) for each in errors):
        return _(
            "This site’s disk is full. Nothing was changed. Tell the operator and try again once space has been freed."
        )
    if any(_is_one_of(READ_ONLY, each) for each in errors):
        return _(
            "This site cannot write to its disk. Nothing was changed. Tell the operator and try again once this is "
            "fixed."
        )
    return None


def _with_causes(error):
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _is_one_of(signs, error):
    """PostgreSQL has a code of its own for a full disk, and passes on what the system says of one that is read-only."""
    is_full = getattr(error, "sqlstate", None) == "53100" and signs is FULL
    number = error.errno if isinstance(error, OSError) else None
    return is_full or number in signs or any(sign in str(error) for sign in signs if isinstance(sign, str))
