"""Periods and numbers as they are written: read from text, and written as text."""

from bgdata.notation.formats import MINUS, MULTIPLIER_WORDS, NBSP, folded, format_number, round_half_up
from bgdata.notation.numbers import Number, parse, parse_pair, resolve, said_with
from bgdata.notation.periods import Period
from bgdata.notation.timeforms import MONTHS

__all__ = [
    "MINUS",
    "MONTHS",
    "MULTIPLIER_WORDS",
    "NBSP",
    "Number",
    "Period",
    "folded",
    "format_number",
    "parse",
    "parse_pair",
    "resolve",
    "round_half_up",
    "said_with",
]
