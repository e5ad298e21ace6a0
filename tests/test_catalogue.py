import re
import unicodedata

import pytest

import bgdata as bg
from bgdata.errors import UnknownName
from bgdata.package import Package
from conftest import ROOT, PackageCopy

INDICATORS = bg.indicators()
LABELS = INDICATORS[["label_vi", "label_en", "definition"]]


def test_sectors_stand_in_the_order_of_the_report():
    assert bg.sectors()["sector"].to_list() == [
        "direction", "post", "telecom", "digital_government", "cybersecurity", "digital_economy", "digital_society",
        "ict_industry", "press", "inspection", "office", "outlook",
    ]  # fmt: skip


def test_indicators_of_a_sector_belong_to_it():
    assert set(bg.indicators("telecom")["sector"]) == {"telecom"}


def test_an_unknown_sector_is_refused():
    with pytest.raises(UnknownName, match='did you mean "telecom"'):
        bg.indicators("telecon")


def test_periods_are_listed_oldest_first(package):
    package.add_period("2023-S2", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    assert bg.periods()[["period", "observations"]].values.tolist() == [["2023-S2", 1], ["2024-S1", 135]]


def test_periods_are_listed_even_where_a_file_cannot_be_read(package):
    package.write(PackageCopy.observations, "Trạm".encode("utf-16"))
    assert bg.periods()["observations"].to_list() == [0]


def test_a_period_without_a_file_holds_no_observation(package):
    (package.data / PackageCopy.observations).unlink()
    assert bg.periods()["observations"].to_list() == [0]


@pytest.mark.parametrize("file", sorted((ROOT / "data").rglob("*.csv")), ids=lambda file: file.name)
def test_every_file_has_composed_letters_plain_line_ends_and_no_byte_order_mark(file):
    content = file.read_bytes()
    plain = unicodedata.normalize("NFC", content.decode("utf-8-sig")).replace("\r\n", "\n")
    assert content == plain.encode()


def test_labels_have_no_blank_at_either_end_or_twice():
    assert LABELS.map(lambda text: " ".join(text.split()) != text).sum().sum() == 0


def test_labels_begin_with_a_capital_letter():
    assert [label for label in [*INDICATORS["label_vi"], *INDICATORS["label_en"]] if not label[0].isupper()] == []


def test_vietnamese_labels_are_short_enough_for_a_chart():
    assert INDICATORS.loc[INDICATORS["label_vi"].str.len() > 46, "label_vi"].to_list() == []


@pytest.mark.parametrize("label", ["label_vi", "label_en"])
def test_no_two_indicators_of_a_sector_have_the_same_label(label):
    assert INDICATORS.loc[INDICATORS.duplicated(["sector", label]), label].to_list() == []


@pytest.mark.parametrize("label", ["label_vi", "label_en"])
def test_no_label_names_a_unit(label):
    words = re.compile(
        r"%|\(|(?<!cộng )\bđồng\b|\b(VND|USD|triệu|million|billion)\b|\btỷ\b(?! lệ| trọng)", re.IGNORECASE
    )
    assert [text for text in INDICATORS[label] if words.search(text)] == []


def test_every_unit_is_used():
    assert set(Package.open().units) == set(INDICATORS["unit"])


def test_a_share_growth_or_ratio_is_in_percent():
    rows = INDICATORS[INDICATORS["measure"].isin(["share", "growth", "ratio_to_base"])]
    assert set(rows["unit"]) == {"percent"}


def test_a_growth_ratio_or_change_names_the_level_that_it_is_of():
    rows = INDICATORS[INDICATORS["measure"].isin(["growth", "ratio_to_base", "change"])]
    assert rows.loc[rows["of"] == "", "indicator"].to_list() == []


def test_a_part_and_its_whole_are_of_one_sector():
    sector = INDICATORS.set_index("indicator")["sector"]
    parts = INDICATORS[INDICATORS["of"] != ""]
    assert parts.loc[parts["of"].map(sector) != parts["sector"], "indicator"].to_list() == []


def test_every_breakdown_has_categories_and_every_category_a_breakdown():
    assert {breakdown for breakdown, _ in Package.open().categories} == set(INDICATORS["breakdown"]) - {""}


def test_every_indicator_is_observed_in_the_first_period():
    assert set(bg.load(period="2024-S1")["indicator"]) == set(INDICATORS["indicator"])


def test_no_section_belongs_to_two_sectors():
    sections = [section for cell in bg.sectors()["section"] for section in cell.split("; ")]
    assert len(sections) == len(set(sections))


def test_the_known_breaks_are_recorded():
    breaks = {(str(row["on"]), row["scope"]) for row in Package.open().tables["breaks"].rows}
    assert {("2025-07-01", "*"), ("2025-03-01", "office")} <= breaks


def test_there_are_eleven_pairs_of_a_part_and_its_whole():
    assert bg.completions()["part"].to_list()[:2] == ["post.one_stop_districts", "security.incidents"]
    assert len(bg.completions()) == 11


def test_teams_of_teams_are_no_coverage():
    covers = bg.completions().set_index("part")["coverage"]
    assert not covers[["society.commune_teams", "society.village_teams"]].any()
    assert covers["post.one_stop_districts"]


def test_a_pair_names_the_share_that_reports_print_of_it():
    shares = bg.completions("digital_society").set_index("part")["share"]
    assert shares["society.youth_epayment"] == "society.youth_epayment_share"


def test_headlines_are_six_to_eight_with_and_without_a_base():
    rows = bg.headlines("2024-S1")
    assert 6 <= len(rows) <= 8
    assert set(rows["basis"]) == {"derived", ""}


def test_a_number_that_contradicts_others_is_no_headline(package):
    package.append(PackageCopy.observations, "ict.exports_growth,,30,,,=,A,30%,I.2.2.g,,")
    package.append(
        "indicators.csv", "ict.exports_growth,ict_industry,Tăng,Growth,percent,growth,ict.hardware_exports,,a,,"
    )
    package.add_period("2023-S1", "ict.hardware_exports,,1000000000,,,=,A,1.000 triệu,I.2.2.g,,")
    assert "ict.hardware_exports" not in bg.headlines("2024-S1")["indicator"].to_list()


def test_a_package_without_headlines_has_none(package):
    rows = [line.rsplit(",", 1)[0] + "," for line in package.text("indicators.csv").splitlines()]
    rows[0] += "headline"
    package.write("indicators.csv", ("\n".join(rows) + "\n").encode())
    assert bg.headlines("2024-S1").empty
