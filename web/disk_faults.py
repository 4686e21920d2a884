"""Says in words that the disk is full or cannot be written, or that the bucket is away, whoever has noticed it."""

import errno

from django.utils.translation import gettext as _

from web.object_storage import BucketAway

FULL = (errno.ENOSPC, errno.EDQUOT, "database or disk is full", "No space left on device")
READ_ONLY = (errno.EROFS, "attempt to write a readonly database", "Read-only file system")


def in_words(error: BaseException) -> str | None:
    """Say what is wrong with the disk or the bucket, where an error or what led to it says so: "… disk is full. …"."""
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
    if any(isinstance(each, BucketAway) for each in errors):
        return _("This site’s file storage is not responding. Nothing was changed. Try again in a few minutes.")
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
