"""What reviewers ticked and remarked: `data/reviews/<period>.csv`, beside what the pages show now.

A review is about what was seen. When a number, figure or sentence has changed since, its review has lapsed and says so;
it is never carried over. How a reviewer's file gets in: :mod:`bgtools.site.signoff`.
"""

import csv
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bgdata.package import Key
from bgdata.voice import Message, counted
from bgtools.site.render import day

COLUMNS = ("kind", "id", "lang", "seen", "done", "remark", "by", "on")
KINDS = ("number", "figure", "text", "contradiction", "page")


class Item(NamedTuple):
    """Something that can be reviewed: what it is, and what is to be seen of it."""

    kind: str
    id: str
    seen: str


class Remark(NamedTuple):
    """A remark on what still stands as it was remarked on."""

    by: str
    on: str
    remark: str
    what: str
    anchor: str


@dataclass
class Reviews:
    """The reviews of one period: rows of its file, oldest first."""

    rows: list = field(default_factory=list)

    @classmethod
    def of(cls, package, period):
        """Read the reviews of a period; none where there is no file."""
        file = file_of(package, period)
        if not file.is_file():
            return cls()
        with open(file, encoding="utf-8-sig", errors="replace", newline="") as lines:
            rows = [{name: row[name].strip() for name in COLUMNS} for row in csv.DictReader(lines) if _whole(row)]
        return cls(rows)

    def on(self, item, lang):
        """Return the rows about an item: those that still hold, and those that have lapsed."""
        about = [row for row in self.rows if (row["kind"], row["id"]) == item[:2] and _same_tongue(row, lang)]
        return [row for row in about if row["seen"] == item.seen.strip()], [
            row for row in about if row["seen"] != item.seen.strip()
        ]

    def state(self, item, lang):
        """Return what there is to say about an item, or None.

        Returns
        -------
        dict or None
            ``state`` ("done", "lapsed" or "remarked"), ``text`` (Message) and ``remarks`` (list of Message).
        """
        held, lapsed = self.on(item, lang)
        done = [row for row in held if row["done"] == "true"]
        remarks = [_remark(row, lang) for row in held if row["remark"]]
        if done:
            return {
                "state": "done",
                "text": _said(Message("✓ Reviewed by {by}, {on}"), done[-1], lang),
                "remarks": remarks,
            }
        if lapsed:
            told = _said(Message("Changed since it was reviewed by {by}, {on}"), lapsed[-1], lang)
            return {"state": "lapsed", "text": told, "remarks": remarks}
        return {"state": "remarked", "text": "", "remarks": remarks} if remarks else None

    def lapsed(self, book):
        """Return the rows of the numbers that have changed since they were reviewed."""
        found = ((row, self.state(number_item(row), book.lang)) for row in book.numbers.rows)
        return [row for row, state in found if state and state["state"] == "lapsed"]

    def remarks(self, book):
        """Return the remarks on the numbers of a period that still hold."""
        for row in book.numbers.rows:
            for one in self.on(number_item(row), book.lang)[0]:
                if one["remark"]:
                    yield Remark(one["by"], one["on"], one["remark"], row["label"], Key.of(row).anchor)

    def summary(self, items, lang):
        """Say how much of a page has been reviewed.

        Parameters
        ----------
        items : iterable of Item
        """
        states = [
            state["state"] if (state := self.state(item, lang)) else "" for item in items if item.kind == "number"
        ]
        done, lapsed = states.count("done"), states.count("lapsed")
        parts = [
            counted("{count} number", "{count} numbers", count=len(states)),
            Message("{count} reviewed", count=done),
        ]
        if lapsed:
            parts.append(Message("{count} changed since they were reviewed", count=lapsed))
        return Message("This page: {parts}.", parts=parts)


def number_item(row):
    """Return a number as something to review: what the report prints, and where.

    Examples
    --------
    >>> row = {"indicator": "telecom.bts", "category": "4G", "printed": "1.647", "qualifier": "=", "status": "A"}
    >>> number_item(row | {"section": "I.2.1.b fn2"})
    Item(kind='number', id='telecom.bts[4G]', seen='1.647 | = A | I.2.1.b fn2')
    """
    seen = f"{row['printed']} | {row['qualifier']} {row['status']} | {row['section']}"
    return Item("number", str(Key.of(row)), seen)


def contradiction_item(row):
    """Return a contradiction as something to review: the values that it is about."""
    return Item("contradiction", row["rule"], row["seen"])


def figure_item(figure):
    """Return a figure as something to review."""
    return Item("figure", figure.name, figure.digest[:16])


def text_item(page, cell, text):
    """Return a sentence as something to review."""
    return Item("text", f"{page}#{cell}", _print(text))


def page_item(page, content, numbers):
    """Return a whole page as something to review: all its numbers, figures and sentences."""
    return Item("page", page.name, _print("\n".join(item.seen for item in items(page, content, numbers))))


def items(page, content, numbers):
    """Return all that can be reviewed on a page."""
    found = [number_item(numbers.by_key[key]) for key in content.shown if key in numbers.by_key]
    found += [figure_item(figure) for figure in content.figures.values()]
    return found + [text_item(page.name, cell, text) for cell, text in content.texts.items()]


def file_of(package, period):
    """Return where the reviews of a period stand."""
    return package.root / "data" / "reviews" / f"{period}.csv"


def _whole(row):
    """Say whether a line has all columns; one that was edited into something else says nothing."""
    return all(isinstance(row.get(name), str) for name in COLUMNS) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\d", row["on"].strip())
    )


def _same_tongue(row, lang):
    """Say whether a review is about what pages of a language show: numbers are the same in all."""
    return row["kind"] in ("number", "contradiction") or row["lang"] == lang


def _said(text, row, lang):
    return Message(text.text, by=row["by"], on=day(date.fromisoformat(row["on"]), lang))


def _remark(row, lang):
    told = Message("{by}, {on}: {remark}")
    return Message(told.text, by=row["by"], on=day(date.fromisoformat(row["on"]), lang), remark=row["remark"])


def _print(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]
