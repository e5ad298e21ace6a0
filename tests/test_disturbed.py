"""A seeded sample of the bench that disturbs reports: nothing wrong is entered."""

from collections import defaultdict

import pytest
from disturbances import WAYS
from disturbing import Count, damaged, measure, measure_tables

from bgtools.read.fit.labelled import invented

SAMPLE = [
    way
    for way in WAYS
    if way.split(":")[0] in ("marks of groups", "wider", "narrower", "earlier", "plan", "a district")
]


@pytest.mark.parametrize("name", ["prose", "second-half"])
def test_a_disturbed_number_is_not_entered_wrongly(name):
    counts = measure([name], SAMPLE, share=0.03, seed=7)
    assert [said for count in counts.values() for said in count.said] == []


@pytest.mark.parametrize("name", ["bulletin", "margins"])
def test_a_fact_printed_twice_with_two_values_is_not_entered(name):
    counts = measure([name], ["printed twice"], most=10, together=8, seed=5)
    assert [said for count in counts.values() for said in count.said] == []


def test_tables_of_ten_layouts_enter_only_what_their_column_says():
    counts = defaultdict(Count)
    measure_tables(counts, count=1, seed=3)
    assert [said for count in counts.values() for said in count.said] == []


@pytest.mark.parametrize("name", ["margins", "bulletin"])
def test_a_report_with_a_twentieth_of_its_numbers_damaged_enters_nothing_wrong(name):
    assert damaged(invented([name])[0], 0.05, 11).said == []
