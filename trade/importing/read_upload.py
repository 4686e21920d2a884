"""Reads the files of one upload, in a child process with limits, as one Reading whose tables are frames."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from spreadsheets import sandbox
from spreadsheets.sheet import Fault, Question, Stop
from trade.importing import detect
from trade.importing.reading import Reading, TradeTerms
from trade.importing.texts import countries

if TYPE_CHECKING:  # the child does without pandas, which is slow to start
    import pandas as pd


def read(files, *, kind: str, flow="", partner="", answers=None, vocabulary=None, limits: dict) -> Reading:
    """Read the files of one upload: `read([("a.xlsx", Path("/tmp/0"))], kind="province", limits=…)`.

    Never raises for a file: what cannot be read comes back as faults, what is open as questions.
    """
    terms = {"kind": kind, "flow": flow or "", "partner": partner}
    terms |= {"answers": answers or {}, "vocabulary": vocabulary or {}}
    with tempfile.TemporaryDirectory(prefix="yalu-reading-", ignore_cleanup_errors=True) as folder:
        try:
            sandbox.check_sizes(files, limits)
            named = [(name, str(Path(path).resolve())) for name, path in files]
            job = {"files": named, "terms": terms | {"limits": limits}}
            result = sandbox.run("trade.importing.read_upload:in_child", job, Path(folder), limits)
            return _receive(result, Path(folder))
        except Stop as stop:
            return Reading(faults=stop.faults)


def preload() -> None:
    """Load all readers and their names of countries, which the server of the sandbox does once for all its children."""
    detect.known()
    countries.named("")


def in_child(job: dict, folder: Path) -> dict:
    """Read the files of a job, and leave their tables in `folder` as Arrow files: the child's side of `read`."""
    gc.disable()  # lists of cells make no cycles, and the process ends soon; looking for some takes a third of the time
    reading = detect.read([(name, Path(path)) for name, path in job["files"]], TradeTerms(**job["terms"]))
    tables = dict(reading.tables)
    if reading.totals is not None:
        tables["totals"] = reading.totals
    for name, table in tables.items():
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return {
        "form": reading.form,
        "tables": list(tables),
        "speaks": sorted(reading.speaks),
        "signature": reading.signature,
        "faults": [fault.as_dict() for fault in reading.faults],
        "questions": [question.as_dict() for question in reading.questions],
        "doubts": reading.doubts,
        "asked": sorted(reading.asked),
        "description": reading.description,
        "remarks": reading.remarks,
        "places": reading.places,
    }


def _receive(result, folder):
    """Make a Reading of what the child left behind."""
    frames = {name: frame(_load(folder / f"{name}.arrow")) for name in result["tables"]}
    return Reading(
        form=result["form"],
        totals=frames.pop("totals", None),
        tables=frames,
        speaks=set(result["speaks"]),
        signature=result["signature"],
        faults=[Fault(**fault) for fault in result["faults"]],
        questions=[Question(**question) for question in result["questions"]],
        doubts=result["doubts"],
        asked=set(result["asked"]),
        description=result["description"],
        remarks=result["remarks"],
        places=result["places"],
    )


def _load(path):
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as reader:
        return reader.read_all()


def frame(table: pa.Table) -> pd.DataFrame:
    """Turn a reader's Arrow table into the frame that checks and diff work on: the types of READ_COLUMNS."""
    import numpy as np
    import pandas as pd

    from trade import frames

    with frames.for_rows(len(table)):
        types = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.string(): pd.StringDtype(na_value=np.nan)}
        return table.to_pandas(types_mapper=types.get)
