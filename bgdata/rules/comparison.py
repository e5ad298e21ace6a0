"""This period beside an earlier one: change, growth, and the base that the report implies.

A base is taken from the earlier period's own observations, else implied by a printed ratio, growth or change and
marked as derived. Where both are there and cannot both be true, neither passes for the other: the row holds both and
says so. Across a series break there is no base, only the reason.
"""

from collections.abc import Sequence

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import Key, Package, check_lang, observations, range_text, reads, refuse_faults
from bgdata.rules import bases
from bgdata.rules.findings import printed
from bgdata.rules.load import judged
from bgdata.rules.rulebook import CHANGES
from bgdata.rules.verdicts import CONTRADICTS, HOLDS
from bgdata.rules.wording import as_printed
from bgdata.voice import Bilingual, Message

COLUMNS = (
    *observations.COLUMNS,
    "base_period",
    "base",
    "base_lower",
    "base_upper",
    "published",
    "change",
    "growth",
    "basis",
    "reason",
)
NAN = float("nan")
BASES = ("base", "base_lower", "base_upper", "published", "change", "growth")
NUMERIC = (*observations.NUMERIC, *BASES)
NO_BASE = dict.fromkeys(BASES, NAN) | {"basis": "", "reason": ""}
RANGE_ONLY = Message("The report gives a range only.")
NOT_PRINTED = ("derived", "revised")  # bases that are computed


def compare(
    indicators: str | Key | Sequence[str | Key],
    *,
    period: str,
    base_period: str | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> pd.DataFrame:
    """Compare indicators with an earlier period, by default the same period of the year before.

    Parameters
    ----------
    indicators : str, Key or sequence of them
        ``"telecom.bts"`` with all its categories, ``"telecom.bts[4G]"`` alone.
    period : str
    base_period : str, optional
        An earlier period of the same length; it need not be in the package.
    lang : {"vi", "en"}
        Language of ``label`` and ``reason``.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and each of its categories, in either period: the columns of :func:`load`, and

        - ``base_period`` (str); ``base`` (float64): in ``unit``; NaN where there is none.
        - ``base_lower``, ``base_upper`` (float64): what the printed digits allow the base to be.
        - ``published`` (float64): what the base period's own report printed; NaN for a range too.
        - ``change`` (float64): in ``unit``; percentage points where the unit is percent.
        - ``growth`` (float64): percent, as printed where the report prints it; NaN where the unit is percent or the
          base is not positive.
        - ``basis`` (str): ``"observed"`` (published then), ``"derived"`` (implied by this report), ``"revised"``
          (implied by this report, and not what was published then), or ``""``.
        - ``reason`` (str): why there is no base or no value, or both bases where they differ; else empty.

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

    The printed ratio allows this base; no report of the year before is there to hold it against:

    >>> row = bg.compare("post.revenue", period="2024-S1").iloc[0]
    >>> row[["base_lower", "base_upper", "published"]].map(lambda base: round(base / 1e9, 1)).to_list()
    [274.1, 276.0, nan]
    """
    package = package or Package.open()
    now = package.period(period)
    then = _base_period(now, base_period)
    check_lang(lang)
    keys = [package.key(key) for key in ([indicators] if isinstance(indicators, str | Key) else indicators)]
    names = list(dict.fromkeys(key.indicator for key in keys))
    _note(now, then, _related(package, names))
    refuse_faults(package, [now])
    sides = _Sides(package, now, then, lang)
    rows = pd.DataFrame([row for key in keys for row in sides.rows(key)], columns=COLUMNS)
    return judged(package, rows.astype(dict.fromkeys(NUMERIC, "float64")), [now], names)


def _base_period(now, code):
    then = Period.parse(code) if code else now.year_before()
    if then.freq != now.freq or not then < now:
        raise BgdataError(
            "{now} cannot be compared with {then}; name an earlier period of the same length, such as {example}.",
            now=now,
            then=then,
            example=now.year_before(),
        )
    return then


def _related(package, names):
    """Return the named indicators and those that say how they changed."""
    return [name for name, row in package.indicators.items() if name in names or row["of"] in names]


def _note(now, then, names):
    for period in (now, then):
        reads.record(f"observations/{period}.csv", indicator=names)
    reads.record("indicators.csv", indicator=names)
    reads.record("categories.csv")
    reads.record("breaks.csv")


class _Sides:
    """The printed numbers of two periods, to be set side by side."""

    def __init__(self, package, now, then, lang):
        self.package, self.now, self.then, self.lang = package, now, then, lang
        self.current, self.earlier = printed(package, now), printed(package, then)

    def rows(self, key):
        """Yield a row for each category that either period prints, or for the one asked for; one without a number
        where neither prints any."""
        current, earlier = self.current.get(key.indicator, {}), self.earlier.get(key.indicator, {})
        gone = [category for category, one in earlier.items() if one.operand and category not in current]
        codes = ["", *(category for _, category in self.package.categories)]
        found = sorted([*current, *gone], key=codes.index) if gone else list(current) or [""]
        for category in [key.category] if key.category else found:
            yield self._row(Key(key.indicator, category), current.get(category), earlier.get(category))

    def _row(self, key, found, then):
        indicator = self.package.indicators[key.indicator]
        if found:
            row = observations.observation(self.package, self.now, found.row, self.lang)
        else:
            row = observations.missing(self.package, self.now, key, self.lang)
        then = then if then and then.operand else None
        return row | NO_BASE | {"base_period": self.then.code} | self._base(indicator, key.category, found, then)

    def _base(self, indicator, category, found, then):
        """Return what there is to say of the base: those columns of `NO_BASE` that are not empty."""
        broken = self.package.break_between(indicator, self.then, self.now)
        if broken:
            return self._reason(Message("Not comparable. {why}", why=Bilingual(broken, "reason")))
        known = bases.published(then)
        if not found or not found.operand:
            return known | self._reason(Message("No data for the {period}.", period=self.now.label(self.lang)))
        if found.row["value"] is None:
            return self._reason(RANGE_ONLY)
        stated = None if category or self.then != self.now.year_before() else self._stated(indicator["indicator"])
        base, verdict = bases.implied(found, *stated) if stated else {}, ""
        if base and then:
            verdict = bases.verdict(found, *stated, then)
            known |= {"growth": base["growth"]} if verdict == HOLDS else {}
        if verdict == CONTRADICTS:
            base |= {"published": bases.value(then), "basis": "revised"} | self._both(then, found, *stated)
        else:
            base = known or base or self._reason(RANGE_ONLY if then else self._none())
        return base | bases.difference(found, base)

    def _stated(self, whole):
        """Return the ratio, growth or change that the report prints for a total: the catalogue's row, and the number."""
        for name, row in self.package.indicators.items():
            stated = self.current.get(name, {}).get("")
            if row["of"] == whole and row["measure"] in CHANGES and stated and stated.row["value"] is not None:
                return row, stated
        return None

    def _both(self, then, found, row, stated):
        """Say what was published then, and what the report of now implies, as finely as they differ."""
        published, implied = then.operand.interval, bases.base_of(row["measure"], found, stated, "interval")
        ends = (bases.in_unit(end, found) for end in (implied.lower, implied.upper))
        gap = max(published.lower - implied.upper, implied.lower - published.upper)
        text = range_text(*ends, found.unit, self.lang, apart=bases.in_unit(gap, found), package=self.package)
        return self._reason(
            Message(
                "The two reports differ on the {base}: published a year before: {published}; "
                "implied by this report: {implied}.",
                base=self.then.label(self.lang),
                published=as_printed(then, self.lang, self.package),
                implied=text,
            )
        )

    def _none(self):
        return Message(
            "The report makes no comparison with the {base}, and there are no data for it.",
            base=self.then.label(self.lang),
        )

    def _reason(self, message):
        return {"reason": message.to(self.lang)}


def previous(period: str, *, package: Package | None = None) -> str:
    """Return the period to compare with: the newest earlier one of the same length that has observations.

    Parameters
    ----------
    period : str
    package : Package, optional
        The one of the project at hand if left out.

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
    package = package or Package.open()
    reads.record("periods.csv")
    now = package.period(period)
    earlier = [known for known in package.observed_periods() if known.freq == now.freq and known < now]
    return (earlier[-1] if earlier else now.previous()).code
