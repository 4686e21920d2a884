"""What follows from logins: entries of the log that somebody came in, went, or was refused; an end of the session.

Django and allauth tell it by signals only, and by them of every way in, so that no form can be forgotten.
"""

from allauth.mfa.signals import authentication_failed, authenticator_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from accounts import guessing, log, second_factor, session_end
from accounts.models import LogEntry

Action = LogEntry.Action


def connect():
    user_logged_in.connect(note_login, dispatch_uid="log")
    user_logged_in.connect(fix_end, dispatch_uid="end of the session")
    user_logged_out.connect(note_logout, dispatch_uid="log")
    user_login_failed.connect(note_refusal, dispatch_uid="log")
    authentication_failed.connect(note_refused_code, dispatch_uid="log")
    authenticator_added.connect(second_factor.remember_setting_up, dispatch_uid="second factor")


def note_login(sender, request, user, **kwargs):
    details = second_factor.KINDS.get(second_factor.used(request, user), "")
    log.add(Action.LOGGED_IN, account=user.get_username(), request=request, details=details)


def fix_end(sender, request, user, **kwargs):
    session_end.fix(request)


def note_logout(sender, request, user, **kwargs):
    if user is not None:
        log.add(Action.LOGGED_OUT, account=user.get_username(), request=request)


def note_refusal(sender, credentials, request=None, **kwargs):
    log.add(Action.PASSWORD_REFUSED, account=guessing.account_of(credentials.get("username", "")), request=request)


def note_refused_code(sender, request, user, authenticator, **kwargs):
    log.add(Action.CODE_REFUSED, account=user.get_username(), request=request, details=str(authenticator))
