"""Three invented periods after 2024-S1, with a trap for each wrong statement that a second period can lead to.

All that is not named here is printed as in 2024-S1, which contradicts itself in two places. What else is contradictory
is planted, and listed in PLANTED.
"""

import csv
import io

from bgdata.notation import parse
from conftest import HEADER

BROKEN_SERIES = "on,scope,reason_vi,reason_en\n"
CODES = ("2024-S2", "2025-S1", "2025-S2")
ABSENT = ""
TRAPS = {  # printed in each period; "E ": the report says "ước"
    # exactly 85 %, 100 %: the base is not "about" anything; 84,6 % to 88,1 % is 3,5 points
    "telecom.adult_smartphone_share": ("84,6%", "85%", "88,1%"),
    "telecom.household_fibre_share": ("85%", "86%", "88%"),
    "telecom.commune_network_share": ("100%", "100%", "100%"),
    # the base's own words: over, an estimated, and two digits
    "telecom.licence_guidance": ("03", "05", "04"),
    # two open bounds tell nothing
    "telecom.budget": ("hơn 29,6 tỷ", "hơn 31 tỷ", "hơn 33,4 tỷ"),
    "post.budget": ("hơn 8,1 tỷ", "hơn 8,1 tỷ", "hơn 8,1 tỷ"),
    # one open bound tells a direction and no number
    "economy.ecommerce_students": ("450", "hơn 600", "300"),
    # what lies within the rounding is not told
    "post.dossiers": ("khoảng 55.860", "khoảng 55.870", "khoảng 60.000"),
    # ratios that hold, and that are no numbers to be compared themselves
    "post.revenue": ("E 335 tỷ", "E 382 tỷ", "E 380 tỷ"),
    "post.revenue_ratio": ("110,2%", "114,1%", "113,4%"),
    # a ratio that the reports deny: 1.135 to 1.109 is no growth of 12,2 %
    "telecom.revenue": ("1.150 tỷ", "1.109 tỷ", "1.196 tỷ"),
    "telecom.revenue_ratio": ("102%", "112,2%", "104%"),
    "ict.revenue": ("300.000 tỷ", "402.625 tỷ", "360.000 tỷ"),
    "ict.revenue_growth": ("20%", "20%", "20%"),
    "ict.production_revenue": ("300.000 tỷ", "402.625 tỷ", "360.000 tỷ"),
    "ict.production_revenue_growth": ("20%", "20%", "20%"),
    "ict.hardware_exports": ("4.000 triệu", "5.437 triệu", "4.800 triệu"),
    "ict.hardware_exports_growth": ("20%", "20%", "20%"),
    "ict.exports": ("4.000 triệu", "5.437 triệu", "4.800 triệu"),
    "press.resident": ("08", "10", "07"),
    "press.resident_change": ("03", "02", "-1"),
    "press.covering": ("26", "24", "30"),
    "press.covering_change": ("08", "-2", "04"),
    # a share that its own numbers deny: 10.600 of 44.848 is no 30,3 %
    "society.welfare_paid": ("13.600", "13.600", "10.600"),
    # 16 + 7 is not 21
    "inspection.subjects[organisation]": ("14", "16", "14"),
    "economy.new_digital_firms_share": ("16,2%", "16,2%", "16,2%"),
    # a gap, and a number that comes back
    "telecom.masts": ("1.596", ABSENT, "1.700"),
    "security.incidents": ("292", "150", "292"),
}
PLANTED = {  # rules that are contradicted in each period, beside those of 2024-S1
    "2024-S2": set(),
    "2025-S1": {"telecom.revenue_ratio.year_before", "inspection.subjects.sum"},
    "2025-S2": {"society.welfare_paid_accounts_share.share", "society.welfare_base"},
}


def as_cells(text):
    """Return the cells of an observation that prints a text: value, lower, upper, qualifier, status, printed."""
    status, printed = ("E", text[2:]) if text.startswith("E ") else ("A", text)
    number = parse(printed, "~" if status == "E" else None)
    return [str(number.value), "", "", number.qualifier, status, printed]


def lines(package, code):
    """Return the lines of a period's observations."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.reader(io.StringIO(package.text(package.observations).partition("\n")[2])):
        printed = TRAPS.get(f"{row[0]}[{row[1]}]" if row[1] else row[0])
        text = printed[CODES.index(code)] if printed else None
        if text != ABSENT:
            writer.writerow([*row[:2], *(as_cells(text) if text else row[2:8]), row[8], "", ""])
    return out.getvalue().splitlines()


def write(package):
    """Write the three periods into a copy of the package, in which no series is broken."""
    package.write("breaks.csv", BROKEN_SERIES.encode())
    assert package.text(package.observations).startswith(HEADER)
    for code in CODES:
        package.add_period(code, *lines(package, code))
    return package
