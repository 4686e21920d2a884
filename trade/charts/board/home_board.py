"""Lays out the board of the front page: the newest figures of each dataset, by direction."""

from collections.abc import Callable
from functools import partial

from trade.charts import payload
from trade.charts.board import newest_figures, newest_periods
from trade.charts.cube import ROOT
from trade.charts.cube_reader import months_of, reading
from trade.charts.schema import BoardDataset, BoardRow
from trade.charts.text import labels

DIRECTIONS = ("to_dprk", "from_dprk")


def of(cubes: list[dict], view: Callable, expected: dict) -> list[BoardDataset]:
    """Give the newest figures of each dataset that has any, in the order of `cubes`.

    `view(cube, query)` is the address of a view; `expected` says what comes next:
    {"china-provinces": {"next_release_on": "2026-12-20", "is_closed": False}}.
    """
    return [_dataset(cube, view, expected.get(cube["dataset"]["slug"], {})) for cube in cubes if cube["years"]]


def _dataset(cube, view, expected):
    is_closed = expected.get("is_closed", False)
    return {
        "dataset": cube["dataset"],
        "release": payload.release(cube),
        "url": f"/data/{cube['dataset']['slug']}/",
        "next_release_on": None if is_closed else expected.get("next_release_on"),
        "is_closed": is_closed,
        "is_annual": not months_of(cube),
        "rows": [_row(cube, flow, view) for flow in _flows(cube)],
    }


def _flows(cube):
    """Both directions; of totals also their sum, where it is known of a newer year than they are."""
    readings = [reading(cube, flow) for flow in (*DIRECTIONS, "both")]
    newest = {cells.flow: newest_periods.full_year(cells, (ROOT,)).period or 0 for cells in readings}
    is_newer = cube["kind"] == "total" and newest["both"] > max(newest[flow] for flow in DIRECTIONS)
    return (*DIRECTIONS, "both") if is_newer else DIRECTIONS


def _row(cube, flow, view) -> BoardRow:
    return {
        "flow": flow,
        "label": labels.flow_label(cube["dataset"], flow),
        "basis": labels.basis(cube["dataset"], flow),
        "cells": newest_figures.of(reading(cube, flow), (ROOT,), partial(_link, cube, flow, view)),
    }


def _link(cube, flow, view, span, period):
    chosen = {name: [str(value)] for name, value in newest_figures.view_of(span, period).items()}
    return view(cube, {"flow": [flow]} | chosen)
