"""What the numbers are: the data package, its catalogue, keys, rows and texts.

Frames are made in `catalogue`, `observations` and `selection`. These bring pandas, which the command line does not
always need: they are imported by their own names.
"""

from bgdata.errors import Fault, describe
from bgdata.package import reads
from bgdata.package.datapackage import UNKNOWN_PERIOD, Package, check_lang, home_of, project_root, table_file
from bgdata.package.descriptor import Table, read_table, references
from bgdata.package.key import Key
from bgdata.package.schema import AMOUNTS, Schema
from bgdata.package.text import (
    CURRENCIES,
    NO_DATA,
    QUALIFIERS,
    base_text,
    difference_text,
    direction_text,
    growth_text,
    interval_text,
    percent_text,
    range_text,
    section_text,
    unit_text,
    value_text,
)
from bgdata.package.validation import belongs, every_row, read_observations, refuse_faults, validate

__all__ = [
    "AMOUNTS",
    "CURRENCIES",
    "NO_DATA",
    "QUALIFIERS",
    "UNKNOWN_PERIOD",
    "Fault",
    "Key",
    "Package",
    "Schema",
    "Table",
    "base_text",
    "belongs",
    "check_lang",
    "describe",
    "difference_text",
    "direction_text",
    "every_row",
    "growth_text",
    "interval_text",
    "percent_text",
    "home_of",
    "project_root",
    "table_file",
    "range_text",
    "read_observations",
    "read_table",
    "reads",
    "references",
    "refuse_faults",
    "section_text",
    "unit_text",
    "validate",
    "value_text",
]
