"""Makes the files that editors have and that attackers send: workbooks and texts, human and hostile, in memory."""

import csv
import io
import re
import struct
import zipfile

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from xlwt.CompoundDoc import XlsDoc

PROVINCES = {"CN-BJ": "Beijing", "CN-TJ": "Tianjin", "CN-NM": "Inner Mongolia", "CN-LN": "Liaoning", "CN-JL": "Jilin"}
# As `reference.vocabulary` gives it: normalised spellings to codes.
PROVINCE_NAMES = {name.lower().replace(" ", ""): code for code, name in PROVINCES.items()}
PROVINCE_NAMES |= {code.lower().replace("-", ""): code for code in PROVINCES}
PROVINCE_NAMES |= {
    "neimongol": "CN-NM",
    "内蒙古": "CN-NM",
    "辽宁": "CN-LN",
    "吉林": "CN-JL",
    "北京": "CN-BJ",
    "天津": "CN-TJ",
}
PROVINCE_NAMES |= {"21": "CN-LN", "22": "CN-JL"}
CHAPTER_NAMES = {f"{number:02d}": f"{number:02d}" for number in range(1, 98)} | {"mineralfuels": "27"}

LONG_HEADER = ["province", "year", "month", "flow", "reported_usd", "estimate_usd", "status", "note"]
LONG_ROWS = [
    ["CN-LN", 2015, None, "to_dprk", 2171000000, None, "A", None],
    ["CN-LN", 2016, None, "to_dprk", 1666290000, 5000000, "A", "crude oil"],
    ["CN-JL", 2016, None, "to_dprk", None, None, None, None],
    ["CN-JL", 2016, None, "from_dprk", 0, None, "P", None],
]
WIDE_ROWS = [["Province", 2015, 2016], ["Liaoning", 2171, 1666], ["Jilin", "–", 0], ["Nei Mongol", "..", 12]]


# --- texts ---------------------------------------------------------------------------------------------------------


def text(rows, *, delimiter=",", encoding="utf-8", end="\r\n", mark=b"") -> bytes:
    """Write rows as a delimited text."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return mark + buffer.getvalue().encode(encoding)


def tidy(rows=LONG_ROWS, header=LONG_HEADER, **form) -> bytes:
    """Write our tidy CSV."""
    return text([header, *rows], **form)


# --- workbooks -----------------------------------------------------------------------------------------------------


def xlsx(sheets: dict, *, states=None, merged=None, formats=None, password=False) -> bytes:
    """Write {"Exports": rows} as .xlsx; `states` {"Old": "veryHidden"}, `merged` {"Exports": ["A1:C1"]}."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = (states or {}).get(name, "visible")
        for area in (merged or {}).get(name, []):
            sheet.merge_cells(area)
        for place, number_format in (formats or {}).get(name, {}).items():
            sheet[place].number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(sheets: dict) -> bytes:
    """Write {"Exports": rows} as .xls; a text that begins with = becomes a formula."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    cell = xlwt.Formula(cell[1:])
                if cell is not None:
                    sheet.write(r, c, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(sheets: dict) -> bytes:
    """Write {"Exports": rows} as .ods; a text that begins with = becomes a formula without a value."""
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    book.write(buffer)
    return buffer.getvalue()


def _ods_cell(cell):
    if isinstance(cell, tuple):  # (text, columns, rows) of a merged cell
        made = TableCell(valuetype="string", numbercolumnsspanned=cell[1], numberrowsspanned=cell[2])
        made.addElement(P(text=cell[0]))
        return made
    if cell is None:
        return TableCell()
    if isinstance(cell, str) and cell.startswith("="):
        return TableCell(formula=f"of:{cell}")
    if isinstance(cell, (int, float)):
        return TableCell(valuetype="float", value=str(cell))
    made = TableCell(valuetype="string")
    made.addElement(P(text=str(cell)))
    return made


def our_workbook(*, wide=None, long=None, dataset="china-provinces", release=2) -> bytes:
    """Write a workbook in the form that `spreadsheets.xlsx_writer` gives it."""
    sheets = {
        "cover": [["A title"], ["Dataset identifier", dataset], ["Release", release]],
        "notes": [["Notes and status key"], ["..", "Missing, in US$ thousand or otherwise"]],
    }
    for flow, rows in (wide or {}).items():
        sheets[flow] = [["A title"], ["Unit: US dollars, FOB."], ["Source: customs"], *rows]
    if long:
        sheets["data"] = [["Every value"], ["Unit: US dollars"], *long]
    return xlsx(sheets)


def people_wide(
    rows=WIDE_ROWS, title="China's exports to North Korea, US$ thousand", below=("Source: customs statistics.",)
) -> list:
    """Lay a wide table out as people do: a title, a blank row, the table, a blank row, notes."""
    return [[title], [], *rows, [], *[[note] for note in below]]


# --- inside the archive --------------------------------------------------------------------------------------------


def repacked(data: bytes, change) -> bytes:
    """Pack an archive again; `change(name, content)` gives the new content of a part, or None to drop it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return buffer.getvalue()


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """Replace a pattern in one part of a workbook, which must occur there."""

    def change(name, content):
        if name != part:
            return content
        changed, times = re.subn(old.encode(), new.encode(), content, count=1)
        assert times, f"{old} does not occur in {part}"
        return changed

    return repacked(data, change)


def strict(data: bytes) -> bytes:
    """Turn a workbook into Strict Open XML, as Excel can save it."""
    pairs = [
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ]

    def change(name, content):
        for old, new in pairs:
            content = content.replace(old, new)
        return content

    return repacked(data, change)


def with_cached(data: bytes, cell: str, formula: str, value: str = "", kind: str = "", part="xl/worksheets/sheet1.xml"):
    """Put a formula into a cell, with the value that Excel stored with it, as Excel writes it."""
    attribute = f' t="{kind}"' if kind else ""
    stored = f"<v>{value}</v>" if value else ""
    new = f'<c r="{cell}"{attribute}><f>{formula}</f>{stored}</c>'
    changed = replaced(data, part, rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', new)
    return replaced(changed, "xl/workbook.xml", 'fullCalcOnLoad="1"', "")


def archive(files: dict) -> bytes:
    """Pack {"a.csv": bytes} as .zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


def bomb(part="xl/worksheets/sheet1.xml", size=64 * 2**20) -> bytes:
    """Blow one part of a workbook up with spaces, which pack a thousandfold."""
    return repacked(xlsx({"A": WIDE_ROWS}), lambda name, content: content + b" " * size if name == part else content)


def encrypted() -> bytes:
    """Begin as Excel's encrypted workbooks do: a compound file that holds an EncryptedPackage."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x4H", 0x3E, 3, 0xFFFE, 9)
    return header.ljust(1024, b"\0") + "EncryptedPackage".encode("utf-16-le").ljust(1024, b"\0")


# --- what statistical offices publish ------------------------------------------------------------------------------

GACC_NAMES = {
    "period": "数据年月",
    "partner": "贸易伙伴编码,贸易伙伴名称",
    "goods": "商品编码,商品名称",
    "mode": "贸易方式编码,贸易方式名称",
    "place": "注册地编码,注册地名称",
    "quantity": "第一数量,第一计量单位,第二数量,第二计量单位",
}


def gacc(rows, *, columns=("period", "partner", "goods", "quantity"), money="美元", encoding="gb18030") -> bytes:
    """Write a download of GACC's online query, byte for byte in its form: all quoted, a comma at every line's end.

    Rows are of one cell for each of `columns` and the value: ["202301", "109", "2701", "12", "5,917"].
    """
    lines = [[name for column in columns for name in GACC_NAMES[column].split(",")] + [money]]
    names = {"109": "朝鲜", "502": "美国", "21": "辽宁省", "22": "吉林省", "10": "一般贸易"}
    for *cells, value in rows:
        line = []
        for column, cell in zip(columns, cells, strict=True):
            others = {"period": [], "quantity": ["千克" if cell != "0" else "?", "0", "?"]}
            line += [cell, *others.get(column, [names.get(cell, "名称\t一\n二")])]
        lines.append([*line, value])
    return "".join("".join(f'"{cell}",' for cell in line) + "\n" for line in lines).encode(encoding)


COMTRADE_PLUS = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,mosCode,"
    "motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,"
    "netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,"
    "isReported,isAggregate"
)
COMTRADE_USUAL = {
    "typeCode": "C", "freqCode": "A", "refYear": "2022", "refMonth": "52", "period": "2022", "reporterCode": "156",
    "reporterDesc": "China", "flowCode": "X", "partnerCode": "408", "partnerDesc": "Côte", "partner2Code": "0",
    "classificationCode": "H6", "cmdCode": "27", "customsCode": "C00", "mosCode": "0", "motCode": "0",
    "qtyUnitAbbr": "N/A", "qty": "0", "isQtyEstimated": "false", "netWgt": "0", "isNetWgtEstimated": "true",
    "primaryValue": "894039906",
}  # fmt: skip


def comtrade_plus(*rows: dict) -> bytes:
    """Write a download of Comtrade Plus: Windows-1252, one field more in the rows than in the header."""
    lines = [COMTRADE_PLUS]
    for row in rows:
        cells = COMTRADE_USUAL | row
        lines.append(",".join(f'"{cells.get(name, "")}"' for name in COMTRADE_PLUS.split(",")) + ",")
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


COMTRADE_OLD = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,"
    "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,2nd Partner,2nd Partner ISO,"
    "Customs Proc. Code,Customs,Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,"
    "Qty Unit,Qty,Alt Qty Unit Code,Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),Trade Value (US$),"
    "CIF Trade Value (US$),FOB Trade Value (US$),Flag"
)


def comtrade_old(*rows: dict) -> bytes:
    """Write a download of the older Comtrade: UTF-8, 35 columns."""
    usual = {
        "Classification": "H5", "Year": "2017", "Period": "2017", "Trade Flow Code": "2", "Reporter Code": "156",
        "Partner Code": "408", "Commodity Code": "27", "Trade Value (US$)": "1200000", "Netweight (kg)": "5000",
    }  # fmt: skip
    header = COMTRADE_OLD.split(",")
    return text([header, *([(usual | row).get(name, "") for name in header] for row in rows)])


def baci(rows) -> bytes:
    """Write a file of BACI: rows of year, exporter, importer, HS6, thousand dollars, tonnes."""
    return text([["t", "i", "j", "k", "v", "q"], *rows], end="\n")


def raised(number: str, mark: str) -> CellRichText:
    """Write a number with the small raised mark of a note, as people do in Excel: 1,234²."""
    return CellRichText(number, TextBlock(InlineFont(vertAlign="superscript"), mark))


# --- encrypted -----------------------------------------------------------------------------------------------------


def encrypted_xls() -> bytes:
    """Put the record with which Excel begins an encrypted .xls right after the first."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "x")
    stream = book.get_biff_data()
    begin = 4 + struct.unpack("<H", stream[2:4])[0]
    filepass = struct.pack("<5H", 0x2F, 54, 1, 1, 1) + b"\1" * 48
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream[:begin] + filepass + stream[begin:])
    return buffer.getvalue()


def encrypted_ods() -> bytes:
    """Encrypt the contents as LibreOffice does: unreadable bytes, and a manifest that says how they were made."""
    about = b'<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/></manifest:file-entry>'

    def change(name, content):
        if name == "META-INF/manifest.xml":
            return content.replace(b"</manifest:manifest>", b"<manifest:file-entry>" + about + b"</manifest:manifest>")
        return b"\x93\x1f\xa7" * 300 if name == "content.xml" else content

    return repacked(ods({"A": WIDE_ROWS}), change)


def encrypted_whole_ods() -> bytes:
    """Encrypt the whole, as newer versions of LibreOffice do: one package within the archive."""
    manifest = "<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": mimetype, "encrypted-package": "\x01" * 500, "META-INF/manifest.xml": manifest})
