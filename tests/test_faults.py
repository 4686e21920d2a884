"""The list of known faults follows the program: each can be put in, and leaves a program that can be read."""

import ast

import pytest

from tests.faults.__main__ import ROOT, faults


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_has_one_place_where_it_is_put_in(fault):
    text = (ROOT / fault.file).read_text()
    assert text.count(fault.old) == 1
    if fault.file.endswith(".py"):
        ast.parse(text.replace(fault.old, fault.new))


def test_every_layer_has_two_faults_and_there_are_thirty():
    layers = [fault.layer for fault in faults()]
    assert len(layers) >= 30
    assert {layer for layer in layers if layers.count(layer) < 2} == set()
