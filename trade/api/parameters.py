"""The query strings of the API as types, with their limits, so that the OpenAPI document says the same."""

import re
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from trade.api.errors import Refused

MOST = 10_000  # rows in one answer
USUAL = 1_000
NUMBER = Annotated[int, Field(ge=1, le=1_000_000)]
YEAR = Annotated[int, Field(ge=1900, le=2100)]


def _release_or_date(text: str) -> int | date:
    """Read "2" as a release, "2026-11-21" as a day."""
    if re.fullmatch(r"[1-9][0-9]{0,5}", text):
        return int(text)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("the number of a release, as 2, or a date, as 2026-11-21")


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("a day, as 2017-08-05")


DAY = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
AS_OF = Annotated[
    str,
    AfterValidator(_release_or_date),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": "^[1-9][0-9]{0,5}$"}, {"type": "string", "format": "date"}]}
    ),
]


def in_words(pattern: str, expected: str, prepare=str):
    """Make a type of text that has a form: the document has it as a pattern, a refusal says it in words."""

    def checked(text):
        text = prepare(text)
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(expected)
        return text

    return Annotated[str, AfterValidator(checked), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})]


PROVINCE = in_words(r"CN-[A-Z]{2}", "a province by its ISO code, as CN-LN; /provinces.csv lists them", str.upper)
CODE = in_words(r"[0-9]{2}([0-9]{2}){0,2}", "an HS code of 2, 4 or 6 digits, as 27, 2701 or 270112")
SECTION_OR_CODE = in_words(
    r"([IVX]{1,5}|[0-9]{2}([0-9]{2}){0,2})",
    "an HS section, as V, or a code of 2, 4 or 6 digits, as 27, 2701 or 270112",
    str.upper,
)
LONG_CODE = in_words(r"[0-9]{2}([0-9]{2}){0,4}", "an HS code of 2 to 10 digits, as 27, 2701 or 2701110010")
PERIOD = in_words(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?", "a year or a month, as 2016 or 2016-03")
COMPONENT = Literal["reported", "estimate", "second_estimate"]
FLOW = Literal["to_dprk", "from_dprk", "total"]


# These have the names of their answers in trade.api.schemas, which take their places among the schemas of the OpenAPI
# document: there the parameters of an address are listed one by one.
# A parameter that is not given is None; its type says nothing of None, because no address can say it.
class Paged(Schema):
    limit: int = Field(USUAL, ge=1, le=MOST, description="Rows in one answer.")
    cursor: str = Field(
        None, max_length=200, description="Where the answer before ended: taken from its “next”, never made up."
    )


class ReleaseChoice(Schema):
    release: NUMBER = Field(None, description="The figures as they stood at this release. Else the newest.")
    as_of: AS_OF = Field(None, description="The same by release or by day (UTC, the day included).")


class Observations(ReleaseChoice, Paged):
    flow: FLOW = Field(None, description="Direction of trade; total, the sum alone, in datasets of totals.")
    province: list[PROVINCE] = Field([], max_length=31, description="ISO 3166-2; may be given several times.")
    code: list[CODE] = Field(
        [], max_length=20, description="HS code of 2, 4 or 6 digits, and all below it; may be given several times."
    )
    year: YEAR = Field(None, description="One year, its months included.")
    from_: PERIOD | None = Field(None, alias="from", description="Periods that begin no earlier: 2016 or 2016-03.")
    to: PERIOD | None = Field(None, description="Periods that end no later: 2016 or 2016-03.")
    component: COMPONENT = Field(None, description="What the source printed, what was added, or what is not added.")
    format: Literal["json", "csv"] = "json"


class BySanctions(ReleaseChoice):
    code: SECTION_OR_CODE = Field(
        None, description="An HS section, as V, or a code of 2, 4 or 6 digits. Else all goods."
    )
    flow: Literal["to_dprk", "from_dprk"] = Field(None, description="Direction of trade. Else both, each by itself.")
    rules: Literal["then", "today"] = Field(
        "then",
        description="The rules of the last day of each year, or of today; of a release that is named, of its own day.",
    )
    format: Literal["json", "csv"] = "json"


class Changes(Paged):
    from_: NUMBER = Field(alias="from", description="The earlier release.")
    to: NUMBER = Field(None, description="The later release. Else the newest.")
    format: Literal["json", "csv"] = "json"


class Releases(Paged):
    limit: int = Field(100, ge=1, le=1_000, description="Releases in one answer.")


class Sanctions(Schema):
    direction: Literal["to_dprk", "from_dprk", "both", "none"] = Field(None, description="Whose goods.")
    code: list[CODE] = Field([], max_length=20, description="HS codes that a measure touches, above or below.")


class Applies(Schema):
    code: LONG_CODE = Field(description="HS code of 2 to 10 digits.")
    direction: Literal["to_dprk", "from_dprk"] = Field(description="Whose goods.")
    day: DAY = Field(description="The day that is asked about, as 2017-08-05.")
    edition: Literal["1988", "1996", "2002", "2007", "2012", "2017", "2022"] = Field(
        None, description="The edition of the Harmonized System that the code is from, if it has 6 digits or more."
    )


class Questions(Schema):
    page: Literal["provinces", "commodities", "totals"] = Field(None, description="Under which chart they stand.")


class Search(Schema):
    q: str = Field(
        min_length=1,
        max_length=100,
        description="Words or a code, in English, Chinese or Korean: coal, 煤, 석탄, 2701, Dandong.",
    )
    limit: int = Field(20, ge=1, le=50, description="Results in one answer.")


class NoParameters(Schema):
    """An address without parameters."""


def only(request: HttpRequest, known: type[Schema]) -> None:
    """Refuse parameters that the address does not know, or that it takes once and got twice.

    Raises: Refused 422.
    """
    names = {field.alias or name: field.annotation for name, field in known.model_fields.items()}
    for name, values in request.GET.lists():
        if name not in names:
            expected = ", ".join(names) or "no parameter"
            raise Refused(
                422, "unknown_parameter", f"There is no parameter “{name[:50]}” here.", name[:50], None, expected
            )
        if len(values) > 1 and not str(names[name]).startswith("list"):
            found = ", ".join(values)
            raise Refused(422, "given_twice", f"The parameter “{name}” is given twice.", name, found, "one value")
