"""Rows and columns that a table cannot take are refused: every validator of its model runs, and nothing is stored."""

import pytest

from faq.models import Question
from sanctions.models import Measure, Resolution
from tests.samples import slow_after
from tests.tables.steps import faults, text_of, uploaded
from trade.models import Alias, Chapter, Commodity, Province, Section


def rows_of(model):
    return list(model.objects.order_by("pk").values())


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("model", "content", "fault"),
    slow_after(4, [
        (Province, "code,gb_code,gacc_code,name_en,name_zh,name_ko,kind\nXX-1,1,1,a,b,c,d\n", (2, "code", "ISO 3166")),
        (Province, "code,name_en\nCN-LN,Jilin\n", (2, "name_en", "already exists")),
        (Province, f"code,note\nCN-LN,{'x' * 201}\n", (2, "note", "at most 200")),
        (Chapter, "code,section,title,short_title\n27,LX,a,b\n", (2, "section", "LX")),
        (Chapter, "code,section,title,short_title\n27,,a,b\n", (2, "section", "cannot be null")),
        (Commodity, "code,chapter,title\n270199,26,x\n", (2, "", "The code must begin with the code of its chapter.")),
        (Commodity, "code,short_title\n2710,Crude petroleum\n",
         (2, "short_title", "is already the short title of 2709")),
        (Commodity, f"code,short_title\n2710,{'x' * 41}\n", (2, "short_title", "at most 40")),
        (Alias, "name,province,chapter\nBoth,CN-LN,27\n", (2, "", "Choose a province or a chapter")),
        (Alias, "name,province,chapter\nHebei Province,CN-HB,\n", (2, "name", "is already assigned to CN-HE")),
        (Section, "number,position\nV,1\n", (2, "position", "already exists")),
        (Section, "number,position\nV,1.5\n", (2, "position", "“1.5” is not a whole number")),
        (Section, "number,position\nV,-1\n", (2, "position", "greater than or equal to 0")),
        (Section, "number,position\nV,1e400\n", (2, "position", "is not a whole number")),
        (Question, "slug,page\ncrude-oil,front\n", (2, "page", "Write one of: all (all pages of charts), both")),
        (Question, "slug,state\ncrude-oil,perhaps\n", (2, "state", "Write one of: draft (draft), published")),
        (Question, "slug,about\ncrude-oil,2799\n", (2, "about", "There is no “2799” on this site. Nearest:")),
        (Question, "slug,answer\ncrude-oil,{{ value up 27 2016 }}\n", (2, "answer", "“up” is not a direction")),
        (Resolution, "number,adopted\n2371,05/08/2017\n", (2, "adopted", "can be 5 August 2017 or 8 May 2017")),
        (Resolution, "number,url\n2371,javascript:alert(1)\n", (2, "url", "valid URL")),
        (Resolution, "number,adopted\n2371,5 Aug 2016\n", (2, "title", "The title says 2017")),
        (Measure, "id,resolution\n1,2999\n", (2, "resolution", "There is no resolution 2999.")),
        (Measure, "id,until\n1,1 June 2006\n", (2, "until", "1 June 2006 is too early")),
        (Measure, "id,codes_text\n1,coal\n", (2, "codes_text", "is not a list of HS codes")),
    ]),
)  # fmt: skip
def test_every_validator_of_a_model_runs(editor, model, content, fault):
    if model is Measure:
        content = content.replace("\n1,", f"\n{Measure.objects.first().pk},")
    before = rows_of(model)
    page = uploaded(editor, model, content)
    row, column, text = faults(page)[0]
    assert (row, column) == fault[:2]
    assert fault[2] in text
    assert "staged" not in page.content.decode()
    assert rows_of(model) == before


def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_stored(editor):
    page = uploaded(editor, Province, "code,name_en,kind\nCN-LN,Better,\nCN-JL,,province\nCN-HL,Good,province\n")
    assert [fault[:2] for fault in faults(page)] == [(2, "kind"), (3, "name_en")]
    assert "Nothing was saved" in text_of(page)
    assert not Province.objects.filter(name_en__in=["Better", "Good"]).exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name_en,kind\nx,y\n", "The column “code” is missing"),
        ("code,nam_en\nCN-LN,x\n", "This table has no column “nam_en”; its columns are: "),
        ("code,nam_en\nCN-LN,x\n", "Did you mean “name_en”?"),
        ("code,kind,kind\nCN-LN,a,b\n", "The column “kind” appears more than once. Rename or delete the duplicate."),
        ("code,,kind\nCN-LN,x,b\n", "Column 2 has values but no heading. Add a heading or delete the column."),
        (
            "code,kind\nCN-LN,a\nCN-LN,b\n",
            "“CN-LN” appears more than once in the column “code”: rows 2, 3. Make each value unique.",
        ),
    ],
)
def test_what_no_row_could_mend_is_said_of_the_whole_file(editor, content, told):
    assert told in text_of(uploaded(editor, Province, content))
