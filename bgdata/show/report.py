"""One report, known by its period and language: a notebook says both once, and then only asks.

Nothing is computed or worded here: each method hands what the report knows to the function of the same name.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from bgdata.notation import Period
from bgdata.package import Key, Package, check_lang, selection
from bgdata.package.catalogue import completions
from bgdata.package.observations import NAN, NUMERIC, framed, missing
from bgdata.package.workspace import Workspace, asked
from bgdata.rules import DISPUTED, check, derived, unchecked
from bgdata.rules.comparison import compare, previous
from bgdata.rules.load import load, note, numbers
from bgdata.show.sentences import Answer, Say, Writer, Written, source
from bgdata.show.tables import Table, table
from bgdata.voice import Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bgdata.show.charts import Charts
    from bgdata.show.figures import SavedFigure

Keys = str | Key | Sequence[str | Key] | pd.DataFrame
UNTOLD = Message("cannot be computed from the printed numbers")


def report(
    period: str, *, lang: str = "vi", compare_with: str = "", area: str = "", package: Package | None = None
) -> "Report":
    """Open the report of a period, to be read, tabulated, put into sentences and drawn in one language.

    Parameters
    ----------
    period : str
        SDMX period code, such as ``"2024-S1"``.
    lang : {"vi", "en"}
    compare_with : str
        An earlier period of the same length, for :attr:`Report.previous`; the newest one with observations if left
        out.
    area : str
        In a workspace: code or name of one of its areas; of all of them if left out.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    Report

    Raises
    ------
    UnknownName
        No such period or area; the message names the near matches.

    Examples
    --------
    >>> import bgdata as bg
    >>> report = bg.report("2024-S1")
    >>> report["telecom.bts[4G]"]["printed"], len(report.load("telecom"))
    ('1.647', 22)
    >>> report.answer("Có {telecom.bts:n} trạm tại {telecom.masts:n} vị trí.")
    Có 3.775 trạm tại 1.596 vị trí.
    """
    check_lang(lang)
    package = package or Package.open()
    package = asked(package, [area])[0] if area else package
    return Report(package, package.period(period).code, lang, compare_with)


class Report:
    """The report of one period in one language; made by :func:`report`.

    A number that the report does not print is a row with status ``M``, so that tables and figures show the gap.
    Sentences, titles and captions are Vietnamese texts with places for values, as :func:`say` takes them.

    Attributes
    ----------
    period, lang : str
    """

    def __init__(self, package: Package, period: str, lang: str, compare_with: str = ""):
        self.package, self.period, self.lang, self._compare_with = package, period, lang, compare_with
        self._rows: dict[str, dict[str, dict]] = {}

    def __repr__(self) -> str:
        return f"Report({self.period!r}, lang={self.lang!r})"

    @cached_property
    def previous(self) -> str:
        """str: the period to compare with, besides the same period of the year before; see :func:`previous`."""
        return self._compare_with or previous(self.period, package=self.package)

    def load(
        self,
        sector: str | Key | Sequence[str | Key] | None = None,
        *,
        section: str | None = None,
        expected: bool = True,
    ) -> pd.DataFrame:
        """Load the observations of one or more sectors, or of all, or of a section, as :func:`load` does."""
        return load(sector, self.period, section=section, lang=self.lang, expected=expected, package=self.package)

    def __getitem__(self, key: str | Key) -> "pd.Series[str | float]":
        """Return the row of one number."""
        return pd.Series(self._row(key))

    def _ipython_key_completions_(self) -> list[str]:
        return list(map(str, self.package.keys))

    def value(self, key: str | Key) -> float:
        """Return one number in its unit; NaN where it is missing.

        Examples
        --------
        >>> import bgdata as bg
        >>> bg.report("2024-S1").value("telecom.bts[4G]")
        1647.0
        """
        return float(self._row(key)["value"])

    def label(self, key: str | Key) -> str:
        """Return the name of a number.

        Examples
        --------
        >>> import bgdata as bg
        >>> bg.report("2024-S1", lang="en").label("telecom.bts[4G]")
        'Mobile base stations: 4G'
        """
        key = self.package.key(key)
        return self.package.label(key.indicator, key.category, self.lang)

    def select(self, *keys: str | Key) -> pd.DataFrame:
        """Return the rows of some numbers, in the order given.

        Examples
        --------
        >>> import bgdata as bg
        >>> bg.report("2024-S1").select("press.covering", "press.resident")["value"].to_list()
        [26.0, 8.0]
        """
        return framed([self._row(key) for key in keys])

    def breakdown(self, indicator: str | Key) -> pd.DataFrame:
        """Return the categories of an indicator, as :func:`breakdown` does."""
        return selection.breakdown(
            self.load(Key(self.package.key(indicator).indicator)), indicator, self.lang, package=self.package
        )

    def compare(self, keys: Keys, *, with_: str | None = None) -> pd.DataFrame:
        """Compare numbers, or those of some rows, with an earlier period, as :func:`compare` does."""
        keys = _codes(keys)
        return compare(keys, period=self.period, base_period=with_, lang=self.lang, package=self.package)

    def ratio(self, part: str | Key, whole: str | Key, *, label: str = "") -> pd.DataFrame:
        """Divide one number by another, as :func:`ratio` does."""
        return self._computed(derived.ratio, part, whole, label=label)

    def share(self, part: str | Key, whole: str | Key, *, label: str = "") -> pd.DataFrame:
        """Compute what percentage one number is of another, as :func:`share` does."""
        return self._computed(derived.share, part, whole, label=label)

    def total(self, *keys: str | Key, label: str = "") -> pd.DataFrame:
        """Add up numbers, as :func:`total` does."""
        return self._computed(derived.total, *keys, label=label)

    def difference(
        self, more: str | Key | int | pd.DataFrame, less: str | Key | pd.DataFrame, *, label: str = ""
    ) -> pd.DataFrame:
        """Subtract one number from another, as :func:`difference` does."""
        return self._computed(derived.difference, more, less, label=label)

    def product(self, count: str | Key, each: str | Key, *, label: str = "") -> pd.DataFrame:
        """Multiply a number of things by how much there is for each, as :func:`product` does."""
        return self._computed(derived.product, count, each, label=label)

    def implied_whole(self, part: str | Key, share: str | Key, *, label: str = "") -> pd.DataFrame:
        """Compute the whole that a part and its share imply, as :func:`implied_whole` does."""
        return self._computed(derived.implied_whole, part, share, label=label)

    def _computed(self, compute, *keys, label=""):
        """Compute a number; where it cannot be told, return a row without one, named by what is missing."""
        printed = self.select(*(key for key in keys if isinstance(key, str | Key)))
        label = label and str(self.title(label))
        found = compute(printed, *keys, label=label, package=self.package)
        if len(found) or not keys:
            return found
        parts = pd.concat([printed, *(key for key in keys if isinstance(key, pd.DataFrame))])
        lacking = parts[parts["lower"].isna()]
        gap = dict.fromkeys(("indicator", "category", "key", "printed", "qualifier", "section", "note", "verdict"), "")
        return parts[:1].assign(
            **dict.fromkeys(NUMERIC, NAN),
            **gap,
            status="M",
            label=label or "; ".join(dict.fromkeys((parts if lacking.empty else lacking)["label"])),
            reason=UNTOLD.to(self.lang) if lacking.empty else "",
        )

    def check(self, sector: str | Key | None = None) -> pd.DataFrame:
        """Evaluate the rules, or those that touch a sector, as :func:`check` does."""
        return check(self.period, sector=sector, lang=self.lang, package=self.package)

    def unchecked(self) -> pd.DataFrame:
        """List the numbers that no rule could check, as :func:`unchecked` does."""
        return unchecked(self.period, lang=self.lang, package=self.package)

    def pairs(self, sector: str | Key | None = None) -> pd.DataFrame:
        """List which numbers are parts of which, as the catalogue knows: how much of each whole there is.

        Returns
        -------
        pandas.DataFrame
            One row like those of :meth:`share` for each pair of numbers that the report prints, the smallest share
            first, with the columns ``part``, ``whole``, ``share`` and ``coverage`` of :func:`completions`.
        """
        found = completions(sector, package=self.package).to_dict("records")
        shares = [
            self.share(one["part"], one["whole"], label=self.label(one["part"])).assign(**one | {"measure": "share"})
            for one in found
        ]
        known = pd.concat(shares).dropna(subset=["lower"])
        return known.sort_values("value", kind="stable", ignore_index=True)

    def marked(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Mark the rows with contradictory numbers, for a figure to show why; see :func:`mark_contradictions`."""
        broken = rows["verdict"].isin(DISPUTED) if "verdict" in rows else pd.Series(False, index=rows.index)
        if "mark" in rows or not broken.any():
            return rows
        checks = pd.concat([self.check(sector) for sector in dict.fromkeys(rows.loc[broken, "sector"])])
        marks = selection.mark_contradictions(rows, checks)["mark"]
        return rows.assign(mark=marks.where(broken, ""))

    def table(
        self,
        rows: pd.DataFrame,
        *,
        columns: list[str] | None = None,
        interval: bool = False,
        caption: str = "",
        empty: str = "",
        folded: str = "",
    ) -> Table:
        """Format rows as a table for reading, as :func:`table` does; `folded` is all that is seen of it at first."""
        caption, empty, folded = (text and self.title(text) for text in (caption, empty, folded))
        said = {"caption": caption, "empty": empty, "package": self.package}
        return replace(table(rows, lang=self.lang, columns=columns, interval=interval, **said), folded=folded)

    def numbers(self, rows: pd.DataFrame) -> Table:
        """Show the numbers as the report prints them, as :func:`table` does, folded into one line."""
        said = Message("The numbers in the report ({count})", count=len(rows))
        return self.table(rows, folded=Written(said.to(self.lang)))

    def checks(self, sector: str | Key) -> Table:
        """Show the rows of :func:`check` for a sector: folded into one line where nothing is wrong."""
        checks = self.check(sector)
        said = Message("Checks: {count} relations, no contradiction", count=len(checks)).to(self.lang)
        return self.table(checks, folded=Written(said) if len(checks) and self.disputed(sector).empty else "")

    def disputed(self, sector: str | Key | None = None) -> pd.DataFrame:
        """Return the checks that numbers contradict, or that need clarification.

        Examples
        --------
        >>> import bgdata as bg
        >>> bg.report("2024-S1").disputed("digital_society")["verdict"].iloc[0]
        'contradicts'
        """
        checks = self.check(sector)
        return checks[checks["verdict"].isin(DISPUTED)]

    def changes(self, rows: Keys, *, with_: str = "") -> Table | None:
        """Show :func:`compare` with an earlier period, the year before if left out; None where nothing can be compared."""
        before = self.package.period(self.period).year_before()
        base = Period.parse(with_) if with_ else before
        compared = self.compare(rows, with_=str(base))
        if base not in self.package.observed_periods():
            compared = compared[compared["basis"] != ""]
        if with_ and base == before or (compared["basis"] == "").all():
            return None
        label = Message("Compared with the {base}", base=base.label(self.lang))
        same = compared["change"] == 0
        shown = self.table(compared[~same], caption=Written(label.to(self.lang)), empty=" ")
        said = Message("The same in both reports: {names}.", names="; ".join(compared.loc[same, "label"]))
        return replace(shown, notes=[said.to(self.lang), *shown.notes]) if same.any() else shown

    def text(self, text: str, **values: object) -> Answer:
        """Say a text as a paragraph, such as a heading that a notebook makes in the report's language.

        Examples
        --------
        >>> import bgdata as bg
        >>> bg.report("2024-S1", lang="en").text("## Số liệu trong báo cáo và kiểm tra chéo")
        ## The numbers in the report, and cross-checks
        """
        return Answer(self.title(text, **values))

    def title(self, *says: Say | str, **values: object) -> Written:
        """Return the first sentence that the values support, as :func:`title` does."""
        return self._writer.title(says, values)

    def answer(self, *says: Say | str, **values: object) -> Answer:
        """Write the sentences that the values support, and name what is missing, as :func:`answer` does."""
        return self._writer.answer(says, values)

    @cached_property
    def charts(self) -> "Charts":
        """Charts: the kinds of chart, in the report's language."""
        from bgdata.show.charts import Charts  # not at the top: it brings Matplotlib

        return Charts(self.package, self.lang, self.title, self.marked)

    def save(
        self, ax: "Axes", name: str, *, caption: str, rows: pd.DataFrame | None = None, alt: str | None = None
    ) -> "SavedFigure":
        """Save a chart with its caption and the report as its source, as :func:`save_figure` does."""
        from bgdata.show.figures import save_figure

        return save_figure(
            ax.figure,
            name,
            caption=self.title(caption),
            rows=rows,
            alt=alt and self.title(alt),
            source=source(self.period, self.lang, package=self.package),
            lang=self.lang,
            period=self.period,
            root=self.package.root,
        )

    def trend(self, name: str, keys: Keys) -> "SavedFigure | None":
        """Draw and save how some numbers develop, if there are three periods, as :func:`trend` does."""
        from bgdata.show.charts.trend import trend

        return trend(name, _codes(keys), period=self.period, lang=self.lang, package=self.package)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.package, self.lang, self.package.period(self.period), self._find)

    def _row(self, key: str | Key) -> dict:
        key = self.package.key(key)
        return self._find(key) or missing(self.package, self.package.period(self.period), key, self.lang)

    def _find(self, key: Key) -> dict | None:
        if key.indicator not in self._rows:
            self._rows[key.indicator] = {row["key"]: row for row in self._numbers(key.indicator)}
        return self._rows[key.indicator].get(str(key))

    def _numbers(self, name: str) -> list[dict]:
        if isinstance(self.package, Workspace):
            return self.load(Key(name)).to_dict("records")
        periods = [self.package.period(self.period)]
        note(self.package, periods, [name], [Key(name)])
        return numbers(self.package, periods, [name], lang=self.lang, expected=True)


def _codes(keys: Keys) -> list:
    """Return keys as a list; of rows, the indicators that they are of."""
    if isinstance(keys, pd.DataFrame):
        return list(dict.fromkeys(filter(None, keys["indicator"])))
    return [keys] if isinstance(keys, str | Key) else list(keys)
