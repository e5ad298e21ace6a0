import unicodedata

import numpy as np
import pandas as pd
import pytest

import bgdata as bg
from bgdata.errors import BgdataError, DataError, UnknownName
from bgdata.notation import numbers
from bgdata.package import validate
from conftest import PackageCopy

FILE = PackageCopy.observations

# Read from the report by hand: value (or both ends of a range), unit, measure, qualifier, status, section.
TRUTHS = [
    ("direction.decisions", "", 7, "document", "flow", "=", "A", "I.1"),
    ("direction.directives", "", 42, "document", "flow", "=", "A", "I.1"),
    ("direction.platforms_share", "", 100, "percent", "share", "=", "A", "I.1"),
    ("post.one_stop_districts", "", 9, "district", "stock", "=", "A", "I.2.1.a"),
    ("post.districts", "", 10, "district", "stock", "=", "A", "I.2.1.a"),
    ("post.counter_staff", "", (2, 3), "person", "stock", "range", "A", "I.2.1.a"),
    ("post.counter_staff_support", "", (5e6, 8e6), "VND", "flow", "range", "A", "I.2.1.a fn1"),
    ("post.dossiers", "", 55860, "dossier", "flow", "~", "A", "I.2.1.a"),
    ("post.upu_letters", "", 134210, "letter", "flow", "=", "A", "I.2.1.a"),
    ("post.revenue", "", 335e9, "VND", "flow", "~", "E", "I.2.1.a"),
    ("post.revenue_ratio", "", 121.8, "percent", "ratio_to_base", "=", "E", "I.2.1.a"),
    ("post.budget", "", 8.1e9, "VND", "flow", ">", "A", "I.2.1.a"),
    ("telecom.masts", "", 1596, "location", "stock", "=", "A", "I.2.1.b"),
    ("telecom.bts", "", 3775, "station", "stock", "=", "A", "I.2.1.b fn2"),
    ("telecom.bts", "3G", 1242, "station", "stock", "=", "A", "I.2.1.b fn2"),
    ("telecom.bts", "5G", 2, "station", "stock", "=", "A", "I.2.1.b fn2"),
    ("telecom.area_coverage_share", "", 99.5, "percent", "share", "=", "A", "I.2.1.b"),
    ("telecom.revenue", "", 1135e9, "VND", "flow", "~", "E", "I.2.1.b"),
    ("telecom.budget", "", 29.6e9, "VND", "flow", ">", "A", "I.2.1.b"),
    ("security.alerts", "", 19887, "alert", "flow", "=", "A", "I.2.2.c"),
    ("security.incidents", "", 292, "incident", "flow", "=", "A", "I.2.2.c"),
    ("economy.new_digital_firms", "", 138, "enterprise", "flow", "=", "A", "I.2.2.d"),
    ("economy.new_digital_firms_share", "", 16.2, "percent", "share", "=", "A", "I.2.2.d fn3"),
    ("economy.training_attendances", "", 700, "attendance", "flow", "~", "A", "I.2.2.d"),
    ("economy.ecommerce_retail_share", "", 25, "percent", "share", ">", "A", "I.2.2.d"),
    ("society.team_members", "", 17000, "person", "stock", ">", "A", "I.2.2.e"),
    ("society.team_youth", "", 5146, "person", "stock", "=", "A", "I.2.2.e fn4"),
    ("society.youth_epayment", "", 312000, "person", "stock", "=", "A", "I.2.2.e"),
    ("society.youth", "", 411230, "person", "stock", "=", "A", "I.2.2.e"),
    ("society.youth_epayment_share", "", 83, "percent", "share", "=", "A", "I.2.2.e"),
    ("society.student_portal_target", "", 100, "percent", "target", "=", "A", "I.2.2.e"),
    ("society.tv_feature_minutes", "", (10, 15), "minute", "stock", "range", "A", "I.2.2.e"),
    ("society.welfare_amount", "", 45369985510, "VND", "cumulative", "=", "A", "I.2.2.e"),
    ("ict.firms", "", 1529, "enterprise", "stock", "=", "A", "I.2.2.g"),
    ("ict.revenue", "", 335521e9, "VND", "flow", "~", "E", "I.2.2.g"),
    ("ict.revenue_growth", "", 24.64, "percent", "growth", "=", "E", "I.2.2.g"),
    ("ict.hardware_exports", "", 4531e6, "USD", "flow", "=", "A", "I.2.2.g"),
    ("ict.hardware_exports_growth", "", 24.3, "percent", "growth", "=", "A", "I.2.2.g"),
    ("press.resident", "", 8, "agency", "stock", "=", "A", "I.2.3"),
    ("press.resident_change", "", 3, "agency", "change", "=", "A", "I.2.3 fn7"),
    ("inspection.fined", "individual", 4, "subject", "flow", "=", "A", "I.2.4"),
    ("inspection.fines", "", 19.5e6, "VND", "flow", "=", "A", "I.2.4"),
    ("inspection.fines_listed", "post", 2.25e6, "VND", "flow", "=", "A", "I.2.4"),
    ("inspection.petitions", "auction", 2, "petition", "flow", "=", "A", "I.2.4"),
    ("office.procedures_online", "", 37, "procedure", "stock", "=", "A", "I.2.5"),
    ("office.internal_procedures", "district", 1, "procedure", "stock", "=", "A", "I.2.5"),
    ("outlook.conferences_target", "", (2, 5), "event", "target", "range", "A", "II.2"),
]


@pytest.fixture(scope="module")
def report():
    return bg.load(period="2024-S1")


@pytest.mark.parametrize("indicator, category, value, unit, measure, qualifier, status, section", TRUTHS)
def test_the_package_says_what_the_report_says(
    report, indicator, category, value, unit, measure, qualifier, status, section
):
    [row] = report[(report["indicator"] == indicator) & (report["category"] == category)].to_dict("records")
    found = (row["lower"], row["upper"]) if np.isnan(row["value"]) else row["value"]
    assert found == value
    assert [row[column] for column in ("unit", "measure", "qualifier", "status", "section")] == [
        unit,
        measure,
        qualifier,
        status,
        section,
    ]


def test_the_report_of_the_first_half_of_2024_has_135_observations(report):
    assert len(report) == 135


@pytest.mark.parametrize(
    "indicator",
    [
        "telecom.bts",
        "telecom.bts_approved",
        "inspection.subjects",
        "inspection.fined",
        "inspection.petitions",
        "office.internal_procedures",
    ],
)
def test_the_categories_add_up_to_the_total(report, indicator):
    rows = report[report["indicator"] == indicator]
    assert rows.loc[rows["category"] != "", "value"].sum() == rows.loc[rows["category"] == "", "value"].item()


def test_values_lie_within_their_interval(report):
    exact = report[report["value"].notna()]
    assert (exact["lower"].le(exact["value"]) & exact["value"].le(exact["upper"])).all()


def test_columns_have_the_types_that_the_docstring_promises(report):
    assert [str(report[column].dtype) for column in ("value", "lower", "upper")] == ["float64"] * 3
    assert not report.drop(columns=["value", "lower", "upper"]).isna().any(axis=None)


def test_every_text_is_in_composed_letters(report):
    texts = report.select_dtypes(exclude="number").to_numpy().ravel()
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []


def test_an_unbounded_interval_is_infinite(report):
    assert report.set_index("indicator").loc["society.team_members", "upper"] == np.inf


def test_the_label_of_a_category_names_indicator_and_category():
    labels = bg.load("inspection", period="2024-S1").set_index(["indicator", "category"])["label"]
    assert labels["inspection.fined", "individual"] == "Đối tượng bị xử phạt: cá nhân"


def test_a_sector_is_the_part_of_the_whole_that_belongs_to_it(report):
    telecom = bg.load("telecom", period="2024-S1")
    assert telecom.equals(report[report["sector"] == "telecom"].reset_index(drop=True))


def test_a_sector_without_numbers_of_its_own_is_an_empty_frame_with_all_columns(report):
    empty = bg.load("digital_government", period="2024-S1")
    assert (len(empty), list(empty.columns)) == (0, list(report.columns))


def test_several_periods_stand_below_each_other_in_the_order_asked_for(package):
    package.add_period("2023-S1", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    periods = bg.load("telecom", period=["2023-S1", "2024-S1", "2023-S1"])["period"]
    assert (list(periods.unique()), (periods == "2023-S1").sum()) == (["2023-S1", "2024-S1"], 1)


def test_a_period_never_shows_numbers_of_another(package):
    package.add_period("2024-S2", "telecom.masts,,1600,,,=,A,1.600,I.2.1.b,,")
    frame = bg.load(period="2024-S2", expected=True)
    assert frame.loc[frame["value"].notna(), "indicator"].to_list() == ["telecom.masts"]


def test_a_missing_observation_is_a_row_with_status_M_and_no_number(package):
    package.add_period("2024-S2", "telecom.masts,,1600,,,=,A,1.600,I.2.1.b,,")
    missing = bg.load("post", period="2024-S2", expected=True)
    assert (set(missing["status"]), missing[["value", "lower", "upper"]].notna().sum().sum()) == ({"M"}, 0)


def test_every_indicator_is_expected_once_where_a_period_holds_nothing(package):
    package.add_period("2024-S2")
    frame = bg.load(period="2024-S2", expected=True)
    assert frame.loc[frame["category"] == "", "indicator"].to_list() == bg.indicators()["indicator"].to_list()


def test_a_recurring_category_that_is_not_printed_is_expected_and_any_other_is_not(package):
    package.add_period("2024-S2")
    frame = bg.load(period="2024-S2", expected=True)
    assert frame.loc[frame["category"] != "", "category"].to_list() == [
        "2G", "3G", "4G", "5G", "organisation", "individual", "organisation", "individual",
    ]  # fmt: skip


def test_a_missing_category_stands_at_its_place_among_those_printed(package):
    package.add_period(
        "2024-S2", "telecom.bts,3G,1242,,,=,A,1.242,I.2.1.b,,", "telecom.bts,,1242,,,=,A,1.242,I.2.1.b,,"
    )
    frame = bg.load("telecom", period="2024-S2", expected=True)
    assert frame.loc[frame["indicator"] == "telecom.bts", ["category", "status"]].values.tolist() == [
        ["", "A"],
        ["2G", "M"],
        ["3G", "A"],
        ["4G", "M"],
        ["5G", "M"],
    ]


def test_no_total_is_expected_of_an_indicator_of_which_the_report_prints_categories_only(report):
    expected = bg.load(period="2024-S1", expected=True)
    assert len(expected) == len(report)


def test_a_row_with_status_M_in_the_file_is_read_as_missing(package):
    package.add_period("2024-S2", "telecom.masts,,,,,,M,,I.2.1.b,,")
    [row] = bg.load("telecom", period="2024-S2").to_dict("records")
    assert (row["status"], np.isnan(row["value"]), row["printed"]) == ("M", True, "")


def test_a_zero_that_the_report_prints_stays_a_zero(package):
    package.add_period("2024-S2", "telecom.masts,,0,,,=,A,00,I.2.1.b,,")
    assert bg.value("telecom.masts", period="2024-S2") == 0


def test_a_negative_number_is_read(package):
    package.add_period("2024-S2", "press.resident_change,,-3,,,=,A,-3,I.2.3,,")
    assert bg.value("press.resident_change", period="2024-S2") == -3


@pytest.mark.parametrize(
    "indicator, category, value",
    [("telecom.bts", "", 3775), ("telecom.bts", "4G", 1647), ("economy.new_digital_firms_share", "", 16.2)],
)
def test_value_is_the_number_of_one_observation(indicator, category, value):
    assert bg.value(indicator, period="2024-S1", category=category) == value


@pytest.mark.parametrize("indicator", ["post.counter_staff", "inspection.fines_listed"])
def test_value_is_nan_for_a_range_and_for_a_total_that_is_not_printed(indicator):
    assert np.isnan(bg.value(indicator, period="2024-S1"))


@pytest.mark.parametrize(
    "ask, message",
    [
        (lambda: bg.load("telecon", period="2024-S1"), 'Sector "telecon" is unknown; did you mean "telecom"?'),
        (lambda: bg.load("", period="2024-S1"), 'Sector "" is unknown; known: direction, post'),
        (
            lambda: bg.load(period="2024-S2"),
            '2024-S2 has no observations yet (begin it with: bgdata new 2024-S2); did you mean "2024-S1"?',
        ),
        (lambda: bg.value("telecom.bst", period="2024-S1"), 'Indicator "telecom.bst" is unknown; did you mean "tele'),
        (lambda: bg.value("telecom.bts", period="2024-S1", category="6G"), 'Category "6G" of telecom.bts is unknown'),
        (lambda: bg.value("press.plans", period="2024-S1", category="x"), 'Category "x" of press.plans is unknown'),
    ],
)
def test_an_unknown_name_is_answered_with_the_near_matches(ask, message):
    with pytest.raises(UnknownName) as caught:
        ask()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: bg.load(period=2024),
        lambda: bg.load(period=["2024-S1", ""]),
        lambda: bg.load([["telecom"]], period="2024-S1"),
        lambda: bg.load("2024-S1"),
        lambda: bg.load(3),
        lambda: bg.load(section=3),
        lambda: bg.load(period="2024-S1", lang="fr"),
        lambda: bg.value("telecom.bts", period=["2024-S1"]),
        lambda: bg.value(["telecom.bts"], period="2024-S1"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_a_sentence(ask):
    with pytest.raises(BgdataError):
        ask()


def test_a_period_whose_file_is_gone_is_refused(package):
    (package.data / FILE).unlink()
    with pytest.raises(DataError, match="does not exist, but data/periods.csv lists 2024-S1"):
        bg.load(period="2024-S1")


def test_one_bad_period_stops_the_loading_of_all(package):
    package.add_period("2024-S2", "telecom.masts,,16,,,=,A,1.600,I.2.1.b,,")
    with pytest.raises(DataError, match="data/observations/2024-S2.csv: 1 fault"):
        bg.load(period=["2024-S1", "2024-S2"])


def test_validation_finds_no_fault_in_the_package():
    assert validate() == []


def test_validation_lists_the_faults_of_all_periods(package):
    package.cell(FILE, "press.plans", "status", "B")
    package.add_period("2024-S2", "telecom.masts,,16,,,=,A,1.600,I.2.1.b,,")
    assert [(fault.file, fault.line) for fault in validate()] == [
        ("data/observations/2024-S1.csv", 93),
        ("data/observations/2024-S2.csv", 2),
    ]


def test_validation_lists_the_faults_of_the_catalogue(package):
    package.cell("units.csv", "site", "label_vi", "")
    assert [(fault.file, fault.line) for fault in validate()] == [("data/units.csv", 7)]


def test_a_file_of_no_period_is_a_fault(package):
    package.write("observations/2019-S1.csv", b"")
    assert [str(fault.text) for fault in validate()] == ["belongs to no period of data/periods.csv"]


def test_a_number_is_one_row_whether_observed_or_compared():
    loaded = bg.load("press", period="2024-S1")
    compared = bg.compare(loaded["key"], period="2024-S1")
    assert compared[loaded.columns].to_dict("records") == loaded.to_dict("records")


@pytest.mark.parametrize(
    "key, verdict",
    [
        ("society.youth_epayment_share", "contradicts"),
        ("telecom.bts[4G]", "holds"),
        ("office.reappointments", ""),
    ],
)
def test_a_row_knows_the_worst_verdict_about_it(key, verdict):
    assert bg.load(period="2024-S1").set_index("key").loc[key, "verdict"] == verdict


def test_verdicts_are_the_same_in_a_sector_and_in_all():
    every = bg.load(period="2024-S1")
    parts = pd.concat([bg.load(sector, period="2024-S1") for sector in bg.sectors()["sector"]])
    assert parts.set_index("key")["verdict"].to_dict() == every.set_index("key")["verdict"].to_dict()


def test_a_number_corrected_in_the_file_has_another_verdict(package):
    assert bg.load("society.youth", period="2024-S1")["verdict"].item() == "contradicts"
    package.cell(package.observations, "society.youth_epayment_share", "printed", "75,9%")
    package.cell(package.observations, "society.youth_epayment_share", "value", "75.9")
    assert bg.load("society.youth", period="2024-S1")["verdict"].item() == "holds"


def test_no_printed_number_is_read_twice():
    frame = bg.load(period="2024-S1")
    repr(bg.table(frame))
    read = numbers._parsed.cache_info().misses
    bg.check("2024-S1"), bg.compare(frame["key"], period="2024-S1"), repr(bg.table(frame, lang="en"))
    assert numbers._parsed.cache_info().misses == read
