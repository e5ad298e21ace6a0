"""Every derived number has as many digits as its interval allows: in all notebooks, tables, figures and cards."""

import math
import re
from decimal import Decimal

import marking
import periods_project
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages_said import amounts

import bgdata as bg
from bgdata.package import text as texts
from bgdata.package import value_text
from conftest import PackageCopy

FINEST = 3  # digits of a quotient
CODES = ("2024-S1", "2025-S2")


def coarse(row, shown):
    """Say whether a number is written no finer than it is known, and no quotient in more digits than three."""
    ends = [row[end] for end in ("lower", "upper") if math.isfinite(row.get(end, math.nan))]
    off = max((abs(end - row["value"]) for end in ends), default=0) if row.get("qualifier") not in ("<", ">") else 0
    rounded, decimals, exponent, _ = shown
    digit = float(Decimal(10) ** (exponent - decimals))
    while not decimals and rounded and float(rounded) % (digit * 10) == 0 and digit < off:
        digit *= 10
    long = len(re.sub(r"^0+", "", re.sub(r"\D", "", f"{Decimal(rounded).scaleb(-exponent).normalize():f}")))
    quotient = "/" in row["unit"] and not float(rounded).is_integer()
    return digit * 1.01 >= off / 1.5 and not (quotient and long > FINEST)


def test_a_number_in_too_many_digits_is_seen():
    row = {"value": 92470.1, "lower": 92375.0, "upper": 92566.0, "unit": "person"}
    assert coarse(row, texts._as_known(row))
    assert not coarse(row, (Decimal(92470), 0, 0, None))
    firm = {"value": 219.4382, "lower": 219.4382, "upper": 219.4382, "unit": "VND/enterprise"}
    assert not coarse(firm, (Decimal("219.438"), 3, 0, None))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("digits")
        patch.setenv("BGDATA_ROOT", str(root))
        yield periods_project.write(PackageCopy(root))


@pytest.fixture
def written(monkeypatch):
    """What derived numbers were written, and which numbers without an interval."""
    found, bare = [], []
    known, number = texts._as_known, texts.percent_text

    def as_known(row):
        found.append((dict(row), known(row)))
        return found[-1][1]

    monkeypatch.setattr(texts, "_as_known", as_known)
    monkeypatch.setitem(marking.sentences.NUMBER_FORMS, "%", lambda *of: bare.append(of) or number(*of))
    return found, bare


@pytest.mark.parametrize("code", CODES)
def test_all_that_is_computed_in_notebooks_and_cards_has_the_digits_that_it_is_known_by(project, written, code):
    watch = marking.Watch()
    with watch.watching():
        for path in marking.NOTEBOOKS:
            watch.execute(path, code)
    marking.cards_unmarked(code, {})
    found, bare = written
    assert len(found) > 20 and bare == []
    assert [(row, shown) for row, shown in found if shown and not coarse(row, shown)] == []


@pytest.mark.parametrize("code", CODES)
def test_what_a_check_computes_is_written_as_finely_as_it_is_known_or_printed(project, code):
    for row in bg.check(code).to_dict("records"):
        side = re.search(r"≈ ([\d.,]+%?(?: \w+)?)", row["computed"])
        if side and math.isfinite(row["upper"] - row["lower"]) and row["kind"] == "equality":
            [(_, digit, percent)] = amounts(side[1])
            off = (row["upper"] - row["lower"]) / 2
            assert digit >= off / 10 / (1 if percent else 1) or side[1] in row["numbers"], row["computed"]


WIDTHS = st.floats(0, 1e6, allow_nan=False)


@given(st.floats(1e-3, 1e12), WIDTHS, WIDTHS, st.sampled_from(["person", "VND", "percent", "VND/enterprise", "USD"]))
def test_any_derived_number_lies_where_its_digits_say(value, below, above, unit):
    row = {"value": value, "lower": value - below, "upper": value + above, "unit": unit}
    shown = texts._as_known(row)
    if shown is None:
        assert "–" in value_text(row, package=None) or "hơn" in value_text(row)
    else:
        assert coarse(row, shown)
