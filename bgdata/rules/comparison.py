"""This period beside an earlier one: change, growth, and the base that the report implies.

A base is taken from the earlier period's own report, with the words that it printed, else implied by a printed ratio,
growth or change and marked as derived. Where both are there and cannot both be true, the row says both. Nothing is
said of a change that the intervals leave open, or that is made of contradictory numbers. Across a series break there
is no base, only the reason.
"""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import Key, Package, check_lang, observations, range_text, reads, refuse_faults
from bgdata.package.selection import over_areas
from bgdata.package.workspace import Workspace
from bgdata.rules import bases
from bgdata.rules.findings import printed
from bgdata.rules.load import verdicts
from bgdata.rules.rulebook import CHANGES
from bgdata.rules.verdicts import CONTRADICTS
from bgdata.rules.wording import as_printed
from bgdata.voice import Bilingual, Message

MOVES = ("change", "change_lower", "change_upper", "growth", "growth_lower", "growth_upper")
BASES = ("base", "base_lower", "base_upper", "published", "implied_lower", "implied_upper", *MOVES)
PRINTED = ("printed", "qualifier", "status", "section")  # of the base, as its own report has them
TEXTS = (*(f"base_{column}" for column in PRINTED), "base_verdict", "direction", "basis", "reason", "caution")
COLUMNS = (*observations.COLUMNS, "base_period", *BASES, *TEXTS)
NAN = float("nan")
NUMERIC = (*observations.NUMERIC, *BASES)
NO_BASE = dict.fromkeys(BASES, NAN) | dict.fromkeys(TEXTS, "")
NO_CHANGE = dict.fromkeys(MOVES, NAN) | {"direction": ""}
RANGE_ONLY = Message("The report gives a range only.")
ONE_BOUND = Message("One of the two numbers is only a bound: the direction may be told, not by how much.")
TWO_BOUNDS = Message("Both reports state a bound only: it cannot be told whether the number rose or fell.")
TOO_WIDE = Message("As printed, the two numbers lie too close together to tell whether the number rose or fell.")
CONTRADICTORY = Message("The number contradicts others of its report: it cannot be told whether it rose or fell.")
COMPARED = Message("The number is itself a comparison with a year earlier, and is not compared again.")
NOT_PRINTED = ("derived", "merged")  # bases that are computed


def compare(
    indicators: str | Key | Sequence[str | Key],
    period: str | None = None,
    *,
    base_period: str | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> pd.DataFrame:
    """Compare indicators with an earlier period, by default the same period of the year before.

    Parameters
    ----------
    indicators : str, Key or sequence of them
        ``"telecom.bts"`` with all its categories, ``"telecom.bts[4G]"`` alone; ``"telecom"``, a sector, with all that
        it has.
    period : str, optional
        The newest that has observations if left out.
    base_period : str, optional
        An earlier period of the same length; it need not be in the package.
    lang : {"vi", "en"}
        Language of ``label`` and ``reason``.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and each of its categories, in either period (in a workspace, and each area that
        has the period): the columns of :func:`load`, and

        - ``base_period`` (str); ``base`` (float64): in ``unit``; NaN where there is none, or a range.
        - ``base_lower``, ``base_upper`` (float64): what the printed digits allow the base to be, in ``unit``.
        - ``base_printed``, ``base_qualifier``, ``base_status``, ``base_section``, ``base_verdict`` (str): as the base
          period's own report has it; ``base_printed`` is empty for a base that is derived.
        - ``published`` (float64): what the base period's own report printed, in ``unit``; NaN for a range too.
        - ``implied_lower``, ``implied_upper`` (float64): the base that this report implies, where it does, in ``unit``.
        - ``change``, ``change_lower``, ``change_upper`` (float64): in ``unit``; percentage points where the unit is
          percent. Without a number where a bound is open, or the numbers contradict each other.
        - ``growth``, ``growth_lower``, ``growth_upper`` (float64): percent, as printed where the report prints it; NaN
          too where the unit is percent or the base is not positive.
        - ``direction`` (str): ``"up"``, ``"down"`` or ``"unchanged"`` where both intervals allow no other; else ``""``.
        - ``basis`` (str): ``"observed"`` (published then), ``"derived"`` (implied by this report), ``"revised"``
          (published then, and this report implies another), or ``""``.
        - ``reason`` (str): why there is no base, value or change, or both bases where they differ; else empty.
        - ``caution`` (str): that the periods are of different seasons, and the number a flow; else empty.

    Raises
    ------
    UnknownName
        No such indicator or period.
    BgdataError
        `base_period` is not earlier, or of another length.

    Notes
    -----
    Source: the reports of both periods; where the earlier one has none, what the later one says of it.

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
    if isinstance(package, Workspace):
        return _of_areas(package, indicators, period, base_period, lang)
    now = package.newest() if period is None else package.period(period)
    then = base_period_of(now, base_period)
    check_lang(lang)
    named = [indicators] if isinstance(indicators, str | Key) else indicators
    keys = [
        package.key(key) for one in named for key in (package.indicators_of(one) if one in package.sectors else [one])
    ]
    names = list(dict.fromkeys(key.indicator for key in keys))
    _note(now, then, _related(package, names))
    refuse_faults(package, [now])
    sides = _Sides(package, now, then, lang, names)
    return compared([row for key in keys for row in sides.rows(key)])


def since(names: Sequence[str], now: Period, then: Period, lang: str, package: Package) -> list[dict]:
    """Return the rows of :func:`compare` for the totals of some indicators, which both periods have reports of."""
    _note(now, then, _related(package, names))
    sides = _Sides(package, now, then, lang, names)
    return [row for name in names for row in sides.rows(Key(name)) if not row["category"]]


def compared(rows) -> pd.DataFrame:
    """Return rows of a comparison as a frame."""
    return observations.framed(rows, COLUMNS, NUMERIC)


def _of_areas(workspace, indicators, period, base_period, lang):
    """Compare the numbers of each area that has the period."""
    asked = [workspace.key(key) for key in ([indicators] if isinstance(indicators, str | Key) else indicators)]
    areas = dict.fromkeys(key.area for key in asked)
    now = workspace.newest() if period is None else workspace.period(period)

    def ask(package, there):
        own = [Key(key.indicator, key.category) for key in asked if key.area in ("", package.area)]
        options = {"period": now, "base_period": base_period, "lang": lang, "package": package}
        return compare(own, **options) if there else compared([])

    return over_areas(workspace, () if "" in areas else list(areas), [now], ask)


def base_period_of(now, code):
    """Return the period to compare with: the one named, if it can be, else that of the year before."""
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

    def __init__(self, package, now, then, lang, names):
        self.package, self.now, self.then, self.lang = package, now, then, lang
        self.current, self.earlier = printed(package, now), printed(package, then)
        self.verdicts = {one: verdicts(package, one, names) for one in (now, then)}
        seasonal = Message(
            "{now} and {then} are different seasons: a change between them need not be a trend.",
            now=now.label(lang),
            then=then.label(lang),
        )
        self.caution = seasonal.to(lang) if now.index != then.index else ""

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
        row |= NO_BASE | {"base_period": self.then.code, "verdict": self.verdicts[self.now].get(row["key"], "")}
        row |= self._base(indicator, key.category, found, then)
        if then and row["basis"]:
            row["base_verdict"] = self.verdicts[self.then].get(row["key"], "")
        if CONTRADICTS in (row["verdict"], row["base_verdict"]) and not isnan(row["base"]):
            row |= NO_CHANGE | {"reason": row["reason"] or CONTRADICTORY.to(self.lang)}
        return row | {"caution": self.caution if row["measure"] == "flow" and not isnan(row["base"]) else ""}

    def _base(self, indicator, category, found, then):
        """Return what there is to say of the base and of the change: those columns of `NO_BASE` that are not empty."""
        broken = self.package.break_between(indicator, self.then, self.now)
        if broken:
            return self._reason(Message("Not comparable. {why}", why=Bilingual(broken, "reason")))
        base = self._published(then) if then else {}
        if not found or not found.operand:
            return base | self._reason(Message("No data for the {period}.", period=self.now.label(self.lang)))
        stated = None if category or self.then != self.now.year_before() else self._stated(indicator["indicator"])
        implied = bases.implied(found, *stated) if stated and found.row["value"] is not None else None
        if implied:
            base |= dict(zip(("implied_lower", "implied_upper"), self._ends(implied[0].interval, found)))
        if then and implied and bases.verdict(found, *stated, then) == CONTRADICTS:
            return base | {"basis": "revised"} | self._both(then, found, implied[0].interval)
        if not then and implied:
            base |= self._implied(implied[0], found, stated[1])
        if not base:
            return self._reason(RANGE_ONLY if found.row["value"] is None else self._none())
        if indicator["measure"] in CHANGES:
            return base | self._reason(COMPARED)
        return base | self._moved(found, then, implied)

    def _published(self, then):
        """Return the columns of a base as its own report has it."""
        number = NAN if then.row["value"] is None else bases.in_unit(then.operand.face.lower, then)
        ends = dict(zip(("base_lower", "base_upper"), self._ends(then.operand.interval, then)))
        words = {f"base_{column}": then.row[column] or "" for column in PRINTED}
        return {"base": number, "published": number, "basis": "observed", **ends, **words}

    def _implied(self, base, found, stated):
        """Return the columns of a base that this report implies."""
        ends = dict(zip(("base_lower", "base_upper"), self._ends(base.interval, found)))
        words = {
            "base_qualifier": "=" if base.interval.exact else "~",
            "base_status": found.row["status"] or "",
            "base_section": stated.row["section"] or "",
        }
        return {"base": bases.in_unit(base.face.lower, found), "basis": "derived", **ends, **words}

    def _moved(self, found, then, implied):
        """Return the columns of the change, as far as it can be told."""
        now, base = bases.Sides.of(found), bases.Sides.of(then) if then else implied[0]
        change, growth = bases.since(now, base) if then else implied[1:]
        growth = implied[2] if implied else growth
        told = {"direction": bases.direction(change, *([implied[1], growth] if implied else []))}
        told |= bases.columns("change", change, percent=found.unit == "percent")
        if found.unit != "percent":
            told |= bases.columns(
                "growth", growth if implied or change.interval.bounded else growth._replace(face=None)
            )
        if change.face is None:
            return told | self._reason(RANGE_ONLY)
        if not change.interval.bounded and not implied:
            bounds = not any(side.interval.bounded for side in (now, base))
            return told | self._reason(TWO_BOUNDS if bounds else ONE_BOUND)
        if not told["direction"] and change.face.lower != 0 and not implied:
            return told | self._reason(TOO_WIDE)
        return told

    def _ends(self, interval, one):
        return [bases.in_unit(end, one) for end in (interval.lower, interval.upper)]

    def _stated(self, whole):
        """Return the ratio, growth or change that the report prints for a total: the catalogue's row, and the number."""
        for name, row in self.package.indicators.items():
            stated = self.current.get(name, {}).get("")
            if row["of"] == whole and row["measure"] in CHANGES and stated and stated.row["value"] is not None:
                return row, stated
        return None

    def _both(self, then, found, implied):
        """Say what was published then, and what the report of now implies, as finely as they differ."""
        published = then.operand.interval
        gap = bases.in_unit(max(published.lower - implied.upper, implied.lower - published.upper), found)
        text = range_text(*self._ends(implied, found), found.unit, self.lang, apart=gap, package=self.package)
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


def headlines(period: str, *, lang: str = "vi", package: Package | None = None) -> pd.DataFrame:
    """Return the few numbers that stand for a period, with or without a base of the year before.

    Parameters
    ----------
    period : str
    lang : {"vi", "en"}
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        Rows of :func:`compare` for the indicators that the column ``headline`` of ``indicators.csv`` names; without
        those that the period does not print, or that contradict others.

    Raises
    ------
    UnknownName
        No such period.

    Notes
    -----
    Source: the department's report for the period, and that of the year before.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.headlines("2024-S1")["indicator"].head(3).to_list()
    ['post.revenue', 'telecom.household_fibre_share', 'telecom.revenue']
    """
    package = package or Package.open()
    chosen = [Key(name) for name, row in package.indicators.items() if row.get("headline")]
    rows = compare(chosen, period=period, lang=lang, package=package)
    there = (rows["category"] == "") & (rows["status"] != "M") & (rows["verdict"] != CONTRADICTS)
    return rows[there].reset_index(drop=True)


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

    Raises
    ------
    UnknownName
        No such period.

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
