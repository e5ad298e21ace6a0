"""The kinds of cases that once broke the reader, each in a dozen variants or more: nothing wrong is entered.

The names are those of the cases: R ratios, C compounds, S broken groups and multipliers, Q signs, P plans, times, places
and what cannot be. Raised marks and tables (F, T) are met in Word and PDF files: `FILES` names their tests.
"""

import pytest
import test_intake_kinds
import test_intake_marks
import test_intake_tables
from disturbing import measure

TEXTS = {
    "R1 R5 R6": ["another base"],
    "R3": ["negative: `-5%`, `âm 5%`"],
    "C1": ["in parts: `335 tỷ 500 triệu`, `1 triệu rưỡi`"],
    "S1": ["marks of groups: `61. 300`"],
    "S2": ["marks of groups: `61 .300`"],
    "S3": ["marks of groups: `61'300`"],
    "S6 S7": ["in thousands: `61 nghìn 300`, `61k`, `6,1 vạn`"],
    "Q1 Q3 Q4": ["signs: `≥ > ≤ < ~ ≈`"],
    "P1": ["a plan beside it", "plan"],
    "P2": ["wider: the year"],
    "P4": ["wider: since January"],
    "P6": ["a district"],
    "P7": ["impossible share"],
    "P9": ["a jump"],
}
FILES = {
    "F1 F3": test_intake_marks.test_a_mark_in_a_pdf_is_no_digit_of_the_number_however_it_is_raised,
    "F6": test_intake_kinds.test_a_number_is_whole_however_a_pdf_sets_it,
    "F7": test_intake_tables.test_a_table_that_libreoffice_wrote_is_read_alike,
    "F8": test_intake_marks.test_a_mark_in_word_is_no_digit_of_the_number_however_it_is_raised,
    "F10 F11 F13 F21 T1 T3": test_intake_tables.test_each_number_of_a_table_has_the_heads_of_its_column_and_of_its_row,
    "F17": test_intake_kinds.test_a_number_that_a_break_by_hand_cuts_behind_its_point_is_whole,
}


@pytest.mark.parametrize("ways", TEXTS.values(), ids=TEXTS)
def test_nothing_wrong_is_entered_from_the_kind_of_a_case(ways):
    counts = measure(["second-half", "margins"], ways, most=8, seed=5)
    found = [counts[way] for way in ways]
    assert ([said for one in found for said in one.said], sum(one.disturbed for one in found) >= 10) == ([], True)


@pytest.mark.parametrize("test", FILES.values(), ids=FILES)
def test_the_kind_of_a_file_has_ten_variants_or_more(test):
    marks = [mark for mark in test.pytestmark if mark.name == "parametrize"]
    variants = len(test_intake_kinds.VARIANTS) if test.__module__ == "test_intake_kinds" else 1
    for mark in marks:
        variants *= len(mark.args[1])
    assert variants >= 10
