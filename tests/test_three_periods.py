"""Three invented periods with planted traps: no row says more than the printed numbers allow."""

import csv
import random

import periods_project
import pytest

import bgdata as bg
from bgdata.notation import format_number, parse
from bgdata.package import base_text, difference_text, direction_text, growth_text
from bgdata.rules import DISPUTED
from bgdata.show.marks import plain
from conftest import PackageCopy

BASES = [
    ("2025-S1", "2024-S1"),
    ("2025-S1", "2024-S2"),
    ("2025-S2", "2024-S2"),
    ("2025-S2", "2025-S1"),
    ("2024-S2", "2024-S1"),
]
OWN = {"society.youth_epayment_share.share", "inspection.fines_all_cases"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("periods")
        patch.setenv("BGDATA_ROOT", str(root))
        yield periods_project.write(PackageCopy(root))


def compared(period, base):
    rows = bg.compare(bg.indicators()["indicator"], period=period, base_period=base)
    return rows[rows["base"].notna() & rows["value"].notna()]


@pytest.mark.parametrize("code", periods_project.CODES)
def test_what_is_contradictory_is_what_was_planted(project, code):
    checks = bg.check(code)
    assert set(checks.loc[checks["verdict"].isin(DISPUTED), "rule"]) - OWN == periods_project.PLANTED[code]


@pytest.mark.parametrize("period, base", BASES)
def test_a_base_is_what_its_own_report_printed(project, period, base):
    own = bg.load(period=base).set_index("key")
    rows = compared(period, base)
    assert len(rows) > 100
    for row in rows.to_dict("records"):
        assert row["base_printed"] == own.loc[row["key"], "printed"]
        assert row["base_qualifier"] == own.loc[row["key"], "qualifier"]
        assert row["base"] == own.loc[row["key"], "value"]


@pytest.mark.parametrize("period, base", BASES)
def test_a_direction_is_said_only_where_both_intervals_allow_no_other(project, period, base):
    for row in compared(period, base).to_dict("records"):
        up, down = row["lower"] > row["base_upper"], row["upper"] < row["base_lower"]
        same = row["lower"] == row["upper"] == row["base_lower"] == row["base_upper"]
        said = plain(direction_text(row))
        assert said.startswith("tăng") <= up
        assert said.startswith("giảm") <= down
        assert (said == "không đổi") <= same
        assert (plain(difference_text(row))[:1] == "+") <= up


@pytest.mark.parametrize("period, base", BASES)
def test_percentages_are_never_said_to_differ_by_percent(project, period, base):
    rows = compared(period, base)
    for row in rows[rows["unit"] == "percent"].to_dict("records"):
        assert "%" not in difference_text(row) + growth_text(row) + direction_text(row)


@pytest.mark.parametrize("period, base", BASES)
def test_a_contradictory_number_has_not_moved(project, period, base):
    rows = compared(period, base)
    wrong = rows[(rows["verdict"] == "contradicts") | (rows["base_verdict"] == "contradicts")]
    assert len(wrong) >= 3
    assert wrong[["change", "growth"]].isna().all(axis=None)
    assert wrong["direction"].eq("").all() and wrong["reason"].ne("").all()


@pytest.mark.parametrize("period, base", BASES)
def test_flows_of_other_seasons_are_compared_with_a_word_of_caution(project, period, base):
    rows = compared(period, base)
    cautious = (rows["measure"] == "flow") & (period[-2:] != base[-2:])
    assert (rows["caution"] != "").eq(cautious).all()


def test_the_words_of_the_base_are_those_of_its_report(project):
    rows = bg.compare(bg.indicators()["indicator"], period="2025-S2").set_index("key")
    said = {key: plain(base_text(rows.loc[key])) for key in periods_project.TRAPS if rows.loc[key, "base_printed"]}
    assert said["telecom.household_fibre_share"] == "85%"
    assert said["telecom.commune_network_share"] == "100%"
    assert said["telecom.budget"] == "hơn 29,6 tỷ đồng"
    assert said["post.revenue"] == "ước 335 tỷ đồng"
    assert said["telecom.licence_guidance"] == "03 đơn vị"


def test_what_each_trap_is_said_to_be(project):
    rows = bg.compare(bg.indicators()["indicator"], period="2025-S2").set_index("key")
    said = {key: plain(direction_text(rows.loc[key])) for key in periods_project.TRAPS}
    assert said["telecom.adult_smartphone_share"] == "tăng 3,5 điểm phần trăm"
    assert said["telecom.budget"] == said["post.budget"] == "chưa kết luận được tăng hay giảm"
    assert said["post.revenue_ratio"] == "chưa kết luận được tăng hay giảm"
    assert said["post.revenue"] == "tăng 13,4%"
    assert said["economy.ecommerce_students"] == "giảm 33,3%"
    assert "số liệu mâu thuẫn" in said["society.welfare_paid"]


# --- random edits


def edited(text, chance):
    """Change a printed number: another digit, or the same with a factor of ten."""
    number = parse(text)
    if number.qualifier == "range" or chance.random() < 0.3 and "%" not in text:
        return format_number(chance.randint(1, 9999))
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    place = chance.choice(places)
    return text[:place] + chance.choice("123456789") + text[place + 1 :]


def edit(project, chance):
    """Change one number of the newest period; return its key, or none where the number cannot be read so."""
    code = "2025-S2"
    rows = project.text(f"observations/{code}.csv").splitlines()
    at = chance.randrange(1, len(rows))
    [cells] = csv.reader([rows[at]])
    cells[2:8] = periods_project.as_cells(edited(cells[7], chance))
    return rows[:at] + [",".join(f'"{cell}"' if "," in cell else cell for cell in cells)] + rows[at + 1 :]


def unmarked(period):
    """Return what a disputed rule is about and some row shows without its verdict."""
    checks = bg.check(period)
    wrong = {}
    for verdict in reversed(DISPUTED):
        for keys in checks.loc[checks["verdict"] == verdict, "keys"]:
            wrong |= dict.fromkeys(keys.split("; "), verdict)
    rows = bg.load(period=period)
    shown = {row["key"]: row["verdict"] for row in rows.to_dict("records")}
    missed = [key for key, verdict in wrong.items() if shown[key] != verdict]
    for row in bg.compare(bg.indicators()["indicator"], period=period).to_dict("records"):
        if row["key"] in wrong and (row["verdict"] != wrong[row["key"]]):
            missed.append(f"compare {row['key']}")
        if wrong.get(row["key"]) == "contradicts" and row["direction"]:
            missed.append(f"direction {row['key']}")
    for part, whole in bg.completions()[["part", "whole"]].values.tolist():
        for row in bg.share(rows, part, whole).to_dict("records"):
            worst = min((wrong[key] for key in (part, whole) if key in wrong), key=DISPUTED.index, default=None)
            missed += [f"share {part}"] if worst and row["verdict"] != worst else []
    marked = bg.mark_contradictions(rows, checks)
    return missed + [key for key in wrong if not marked.loc[marked["key"] == key, "mark"].all()]


def planted(project, count):
    """Edit one number again and again; return what was not marked, and how often something was contradictory."""
    chance, missed, disputed = random.Random(14), [], 0
    text = project.text("observations/2025-S2.csv")
    for _ in range(count):
        project.write("observations/2025-S2.csv", ("\n".join(edit(project, chance)) + "\n").encode())
        missed += unmarked("2025-S2")
        disputed += bg.check("2025-S2")["verdict"].isin(DISPUTED).sum() > 4
        project.write("observations/2025-S2.csv", text.encode())
    return missed, disputed


def test_what_a_check_finds_is_marked_in_every_row_after_any_of_100_edits(project):
    missed, disputed = planted(project, 100)
    assert missed == [] and disputed > 30
