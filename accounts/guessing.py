"""How often passwords and codes may be tried, counted in the log, which all processes and servers share.

From one network 20 refusals in five minutes, for one account from one network five. An account without a second factor
takes five from everywhere; one with it does not, so that nobody can keep its owner out by guessing: whoever guessed the
password would still lack the second factor. Codes are tried after the right password only; beside the above an
account takes 20 wrong ones an hour from networks in which it has not logged in for a month.
"""

import math
from datetime import timedelta

from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.utils import timezone

from accounts import log, second_factor
from accounts.models import LogEntry

Action = LogEntry.Action
REFUSALS = (Action.PASSWORD_REFUSED, Action.CODE_REFUSED)
WINDOW, HOUR, MONTH, MINUTE = (timedelta(minutes=n) for n in (5, 60, 30 * 24 * 60, 1))
FROM_A_NETWORK, FOR_AN_ACCOUNT, CODES_AN_HOUR = 20, 5, 20


def account_of(typed: str) -> str:
    """Give an account the name under which it is counted, whichever way it is typed; an unknown name stays."""
    known = get_user_model().objects.filter(username__iexact=typed[:150]).values_list("username", flat=True).first()
    return known or typed[:150].lower()


def check_password_attempt(request, typed: str) -> None:
    """Refuse to look at a password where too many were wrong.

    Raises: ImmediateHttpResponse, a 429 that says how long to wait.
    """
    account, network = account_of(typed), log.network_of(log.address_of(request))
    everywhere = {} if second_factor.is_set_up(account) else {"account": account}
    _check(request, account, network, [(FOR_AN_ACCOUNT, WINDOW, everywhere)] if everywhere else [])


def check_code_attempt(request, account: str) -> None:
    """Refuse to look at a code where too many were wrong.

    Raises: ImmediateHttpResponse, a 429 that says how long to wait.
    """
    network = log.network_of(log.address_of(request))
    came_in = LogEntry.objects.filter(account=account, network=network, action=Action.LOGGED_IN)
    is_known = came_in.filter(at__gt=timezone.now() - MONTH).exists()
    codes = {"account": account, "action": Action.CODE_REFUSED}
    _check(request, account, network, [] if is_known else [(CODES_AN_HOUR, HOUR, codes)])


def _check(request, account, network, rules):
    rules = [
        (FROM_A_NETWORK, WINDOW, {"network": network}),
        (FOR_AN_ACCOUNT, WINDOW, {"network": network, "account": account}),
        *rules,
    ]
    if wait := max(_seconds_to_wait(*rule) for rule in rules):
        _note(request, account, network)
        raise ImmediateHttpResponse(too_many(request, wait))


def _seconds_to_wait(most, window, whose):
    """Seconds until fewer than `most` refusals lie within the window; 0 where they do already."""
    now = timezone.now()
    # What seems to lie in the future was noted before the clock was set back; it would count until it is the past.
    refusals = LogEntry.objects.filter(action__in=REFUSALS, at__gt=now - window, at__lt=now + MINUTE, **whose)
    oldest = next(iter(refusals.order_by("-at").values_list("at", flat=True)[most - 1 : most]), None)
    return math.ceil((oldest + window - now).total_seconds()) if oldest else 0


def _note(request, account, network):
    """Note that attempts are refused unread, once a minute and account: a flood of them shall not fill the log."""
    lately = (timezone.now() - MINUTE, timezone.now() + MINUTE)
    noted = LogEntry.objects.filter(network=network, action=Action.THROTTLED, at__range=lately)
    if noted.count() < FROM_A_NETWORK and not noted.filter(account=account).exists():
        log.add(Action.THROTTLED, account=account, request=request)


def too_many(request, wait: int):
    """Say that attempts were too many, and how long to wait."""
    answer = render(request, "429.html", {"minutes": math.ceil(wait / 60)}, status=429)
    answer["Retry-After"] = str(wait)
    return answer
