"""This period beside an earlier one: change, growth, and the base that the report implies.

A base is taken from the earlier period's own observations, else implied by a printed ratio, growth or change and
marked as derived. Across a series break there is no base, only the reason.
"""

from collections.abc import Sequence

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.model import observations, reads
from bgdata.model.package import Package, check_lang
from bgdata.model.periods import Period

COLUMNS = [
    "period",
    "base_period",
    "indicator",
    "category",
    "label",
    "unit",
    "measure",
    "value",
    "qualifier",
    "status",
    "printed",
    "section",
    "base",
    "base_lower",
    "base_upper",
    "change",
    "growth",
    "basis",
    "reason",
]
NAN = float("nan")

REASONS = {
    "missing": {"vi": "Chưa có số liệu của {period}.", "en": "No data for the {period}."},
    "range": {"vi": "Báo cáo chỉ nêu khoảng giá trị.", "en": "The report gives a range only."},
    "none": {
        "vi": "Báo cáo không so sánh với {base}; chưa có số liệu của kỳ đó.",
        "en": "The report makes no comparison with the {base}, and there are no data for it.",
    },
    "break": {"vi": "Không so sánh được. {why}", "en": "Not comparable. {why}"},
}


def compare(
    indicators: str | Sequence[str], *, period: str, base_period: str | None = None, lang: str = "vi"
) -> pd.DataFrame:
    """Compare indicators with an earlier period, by default the same period of the year before.

    Parameters
    ----------
    indicators : str or sequence of str
    period : str
    base_period : str, optional
        An earlier period of the same length; it need not be in the package.
    lang : {"vi", "en"}
        Language of ``label`` and ``reason``.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and each of its categories:

        - ``value``, ``base`` (float64): in ``unit``; NaN where there is none.
        - ``qualifier``, ``status``, ``printed``, ``section`` (str): of the observation, as :func:`load` gives them.
        - ``base_lower``, ``base_upper`` (float64): what the printed digits allow the base to be.
        - ``change`` (float64): in ``unit``; percentage points where the unit is percent.
        - ``growth`` (float64): percent; NaN where the unit is percent or the base is not positive.
        - ``basis`` (str): ``"observed"``, ``"derived"`` (implied by the report) or ``""``.
        - ``reason`` (str): why there is no base; empty where there is one.

    Raises
    ------
    UnknownName
        No such indicator or period.
    BgdataError
        `base_period` is not earlier, or of another length.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.compare("press.resident", period="2024-S1")[["value", "base", "change", "basis"]].values.tolist()
    [[8.0, 5.0, 3.0, 'derived']]
    """
    package = Package.open()
    now = package.period(period)
    then = _base_period(now, base_period)
    check_lang(lang)
    names = [indicators] if isinstance(indicators, str) else list(indicators)
    related = _related(package, names)
    _note(now, then, related)
    current = _by_key(package, now, related)
    earlier = _by_key(package, then, names) if then in package.observed_periods() else {}
    rows = []
    for name in names:
        keys = [key for key in current if key[0] == name] or [(name, "")]
        rows += [_row(package, key, current, earlier, now, then, lang) for key in keys]
    return pd.DataFrame(rows, columns=COLUMNS)


def _base_period(now, code):
    then = Period.parse(code) if code else now.year_before()
    if then.freq != now.freq or not then < now:
        raise BgdataError(
            f"{now} cannot be compared with {then}; name an earlier period of the same length, such as {now.year_before()}."
        )
    return then


def _related(package, names):
    """Return the named indicators and those that say how they changed."""
    named = {package.indicator(name)["indicator"] for name in names}
    return [name for name, row in package.indicators.items() if name in named or row["of"] in named]


def _note(now, then, names):
    for period in (now, then):
        reads.record(f"observations/{period}.csv", indicator=names)
    reads.record("indicators.csv", indicator=names)
    reads.record("categories.csv")
    reads.record("breaks.csv")


def _by_key(package, period, names):
    frame = observations.read(package, [period], names)
    return {(row["indicator"], row["category"]): row for row in frame.to_dict("records")}


def _row(package, key, current, earlier, now, then, lang):
    indicator = package.indicators[key[0]]
    found = current.get(key)
    row = {
        "period": now.code,
        "base_period": then.code,
        "indicator": key[0],
        "category": key[1],
        "label": package.label(*key, lang),
        "unit": indicator["unit"],
        "measure": indicator["measure"],
        "value": found["value"] if found else NAN,
        **{column: found[column] if found else "" for column in ("qualifier", "printed", "section")},
        "status": found["status"] if found else "M",
        "base": NAN,
        "base_lower": NAN,
        "base_upper": NAN,
        "change": NAN,
        "growth": NAN,
        "basis": "",
        "reason": "",
    }
    words = {"period": now.label(lang), "base": then.label(lang)}
    broken = package.break_between(indicator, then, now)
    if broken:
        reason = REASONS["break"][lang].format(why=broken[f"reason_{lang}"])
    elif found is None or found["status"] == "M":
        reason = REASONS["missing"][lang].format(**words)
    elif found["qualifier"] == "range":
        reason = REASONS["range"][lang]
    else:
        base = _observed(earlier.get(key)) or _derived(package, found, current, then == now.year_before())
        if base:
            return row | base | _difference(row["value"], base, indicator["unit"])
        ranged = key in earlier and earlier[key]["qualifier"] == "range"
        reason = REASONS["range" if ranged else "none"][lang].format(**words)
    return row | {"reason": reason}


def previous(period: str) -> str:
    """Return the period to compare with: the newest earlier one of the same length that has observations.

    Returns
    -------
    str
        Period code; that of the period just before where the package holds no earlier one.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.previous("2024-S1")
    '2023-S2'
    """
    package = Package.open()
    reads.record("periods.csv")
    now = package.period(period)
    earlier = [known for known in package.observed_periods() if known.freq == now.freq and known < now]
    return (earlier[-1] if earlier else now.previous()).code


def _observed(row):
    if row is None or not row["value"] == row["value"]:
        return None
    return {"base": row["value"], "base_lower": row["lower"], "base_upper": row["upper"], "basis": "observed"}


def _derived(package, found, current, year_before):
    """Imply the base from a ratio, growth or change that the report prints for the indicator's total."""
    if found["category"] or not year_before:
        return None
    for name, row in package.indicators.items():
        printed = current.get((name, ""))
        if (
            row["of"] == found["indicator"]
            and row["measure"] in IMPLIED
            and printed
            and printed["value"] == printed["value"]
        ):
            base = IMPLIED[row["measure"]](found, printed)
            if base:
                return dict(zip(("base", "base_lower", "base_upper", "growth"), base)) | {"basis": "derived"}
    return None


def _by_factor(offset):
    """Imply a base by division: value / ((printed + offset) / 100)."""

    def implied(found, printed):
        factor, low, high = ((printed[column] + offset) / 100 for column in ("value", "lower", "upper"))
        if low <= 0:
            return None
        return (
            found["value"] / factor,
            found["lower"] / high,
            found["upper"] / low,
            printed["value"] + offset - 100,
        )

    return implied


def _by_change(found, printed):
    base = found["value"] - printed["value"]
    return (
        base,
        found["lower"] - printed["upper"],
        found["upper"] - printed["lower"],
        _growth(found["value"], base),
    )


IMPLIED = {"ratio_to_base": _by_factor(0), "growth": _by_factor(100), "change": _by_change}


def _difference(value, base, unit):
    """Change and growth; a printed growth stands as printed."""
    growth = NAN if unit == "percent" else base.get("growth", _growth(value, base["base"]))
    return {"change": value - base["base"], "growth": growth}


def _growth(value, base):
    return (value / base - 1) * 100 if base > 0 else NAN
