"""Of each model of the admin: an object, what is changed of it, and what makes a new one of its form."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry
from faq.models import Question
from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from site_texts.models import SiteText
from trade.models import (
    Alias,
    Annotation,
    Chapter,
    Commodity,
    CommodityObservation,
    Dataset,
    Province,
    ProvinceObservation,
    Redaction,
    Release,
    Section,
    TotalObservation,
    Upload,
)

OBJECTS = {
    "trade_province": (
        Province,
        {"code": "CN-LN"},
        {"note": "Changed."},
        {
            "code": "CN-ZZ",
            "kind": "province",
            "name_en": "Zz",
            "name_zh": "乙",
            "name_ko": "을",
            "gb_code": "999999",
            "gacc_code": "99",
        },
    ),
    "trade_section": (
        Section,
        {"number": "V"},
        {"short_title": "Changed"},
        {"number": "XXI", "position": "21", "title": "Art", "short_title": "Art"},
    ),
    "trade_chapter": (
        Chapter,
        {"code": "94"},
        {"short_title": "Changed"},
        {"code": "97", "section": "XX", "title": "Art", "short_title": "Art"},
    ),
    "trade_commodity": (
        Commodity,
        {"code": "9403"},
        {"short_title": "Changed"},
        {"code": "9401", "chapter": "94", "title": "Seats", "short_title": "Seats"},
    ),
    "trade_alias": (
        Alias,
        {"name": "Liaoning of old"},
        {"name": "Changed"},
        {"name": "Jilin of old", "province": "CN-JL"},
    ),
    "trade_redaction": (Redaction, {"reason": "It named a person."}, {"reason": "Changed."}, {}),
    "trade_annotation": (
        Annotation,
        {"text": "A note."},
        {"text": "Changed."},
        {"text": "Another.", "dataset": "china-provinces"},
    ),
    "trade_dataset": (
        Dataset,
        {"slug": "empty"},
        {"licence": "Changed"},
        {
            "slug": "fresh",
            "kind": "province",
            "title": "F",
            "description": "F.",
            "partner": "China",
            "reporter": "GACC",
            "source": "GACC",
            "licence": "CC0",
            "basis_to_dprk": "FOB",
            "basis_from_dprk": "CIF",
            "position": "9",
        },
    ),
    "trade_release": (Release, {"number": 1, "dataset": "china-provinces"}, {"note": "Changed."}, {"note": "New."}),
    "trade_provinceobservation": (
        ProvinceObservation,
        {"province": "CN-JL"},
        {"reported": "5", "status": "A", "note": "Off by one."},
        {"value_usd": "5"},
    ),
    "trade_commodityobservation": (
        CommodityObservation,
        {"code": "2709"},
        {"reported": "5", "status": "A", "note": "Off by one."},
        {"value_usd": "5"},
    ),
    "trade_totalobservation": (
        TotalObservation,
        {"flow": "total"},
        {"reported": "5", "status": "A", "note": "Off by one."},
        {"value_usd": "5"},
    ),
    "trade_upload": (Upload, {"state": "staged"}, {"mode": "replace"}, {"mode": "replace"}),
    "faq_question": (
        Question,
        {"slug": "why-2017"},
        {"answer": "Changed."},
        {"question": "New?", "answer": "Yes.", "slug": "new", "page": "both", "position": "3", "state": "draft"},
    ),
    "sanctions_resolution": (
        Resolution,
        {"number": 2371},
        {"summary": "Changed."},
        {
            "number": "2375",
            "adopted": "2017-09-11",
            "title": "Textiles",
            "summary": "Bans textiles.",
            "measures-TOTAL_FORMS": "0",
            "announcements-TOTAL_FORMS": "0",
        },
    ),
    "sanctions_measure": (
        Measure,
        {"paragraph": "8"},
        {"measure": "Changed."},
        {
            "resolution": "2371",
            "paragraph": "9",
            "position": "2",
            "direction": "from_dprk",
            "category": "seafood",
            "kind": "full_ban",
            "goods": "fish",
            "measure": "All fish is banned.",
            "basis": "paragraph 9",
        },
    ),
    "sanctions_cap": (
        Cap,
        {"amount": 7_500_000},
        {"amount": "7000000"},
        {"measure": "1", "amount": "5", "unit": "tonnes", "period": "year", "since": "2018-01-01", "basis": "read"},
    ),
    "sanctions_announcement": (
        Announcement,
        {"number": "2017 No. 40"},
        {"what": "Changed."},
        {
            "resolution": "2371",
            "authority": "MOFCOM",
            "number": "2017 No. 47",
            "issued": "2017-08-25",
            "what": "No new firms.",
            "source": "a newspaper",
        },
    ),
    "sanctions_event": (
        Event,
        {"title": "Border closed"},
        {"text": "Changed."},
        {
            "date": "2022-09-26",
            "title": "Trains run again",
            "source": "a newspaper",
            "basis": "read",
            "direction": "both",
            "weight": "2",
        },
    ),
    "site_texts_sitetext": (SiteText, {"key": "about"}, {"text": "Changed."}, {"key": "name", "text": "New"}),
    "auth_group": (Group, {"name": "Interns"}, {"name": "Changed"}, {"name": "New"}),
    "auth_user": (
        User,
        {"username": "clerk"},
        {"email": "changed@example.org"},
        {
            "username": "fresh",
            "usable_password": "true",
            "password1": "a-long-pass-word-1",
            "password2": "a-long-pass-word-1",
        },
    ),
    "mfa_authenticator": (Authenticator, {"type": "totp"}, {"type": "webauthn"}, {"type": "webauthn"}),
    "accounts_logentry": (LogEntry, {}, {"account": "changed"}, {"account": "new"}),
    "django_tasks_database_dbtaskresult": (DBTaskResult, {}, {"status": "FAILED"}, {"status": "FAILED"}),
}
# What may be deleted, where the object above is in use.
UNUSED = {"trade_province": {"code": "CN-QH"}, "trade_chapter": {"code": "95"}, "trade_section": {"number": "XX"}}
KEYS = {"trade_province": "code", "trade_section": "number", "trade_chapter": "code", "trade_commodity": "code"}
KEYS |= {"trade_alias": "name", "faq_question": "slug", "sanctions_resolution": "number"}
