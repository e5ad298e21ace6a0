"""Change numbers of a report at random, show all that is shown of them, and say where a disputed one stands unmarked.

What is shown are the rows, and the sentences, tables, figures and cards of the notebooks and of the front page. The
notebooks' cells are executed in this process; which numbers a sentence uses is noted while it is written.
"""

import ast
import csv
import json
import random
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import matplotlib.pyplot as plt
import pandas as pd
import periods_project

import bgdata as bg
from bgdata.notation import Period, format_number, parse
from bgdata.package import Key, Package
from bgdata.rules import DISPUTED, SIGNS
from bgdata.show import Report, alt_text, sentences
from bgdata.show.lint import unsigned
from bgdata.show.marks import plain
from bgdata.show.tables import Table
from bgtools.site import changes, front
from bgtools.site.index import Numbers

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
MIXED = ("overview", "digital-government")  # notebooks that show numbers of other sectors
NAMES = ("label", "name")  # forms of a place that show no number


def edited(text, chance):
    """Change a printed number: another digit, or the same with a factor of ten."""
    number = parse(text)
    if number.qualifier == "range" or chance.random() < 0.3 and "%" not in text:
        return format_number(chance.randint(1, 9999))
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    place = chance.choice(places)
    return text[:place] + chance.choice("123456789") + text[place + 1 :]


def edit(text, chance):
    """Return the lines of a report with one number changed."""
    rows = text.splitlines()
    at = chance.randrange(1, len(rows))
    [cells] = csv.reader([rows[at]])
    cells[2:8] = periods_project.as_cells(edited(cells[7], chance))
    return "\n".join(rows[:at] + [",".join(f'"{one}"' if "," in one else one for one in cells)] + rows[at + 1 :]) + "\n"


def disputed(code):
    """Return the numbers of a period that rules dispute, each with the worst verdict."""
    checks, wrong = bg.check(code), {}
    for verdict in reversed(DISPUTED):
        for keys in checks.loc[checks["verdict"] == verdict, "keys"]:
            wrong |= dict.fromkeys(keys.split("; "), verdict)
    return wrong


def worst(keys, wrong):
    """Return the sign of the worst verdict on some numbers, "" where none is disputed."""
    found = [wrong[key] for key in keys if key in wrong]
    return SIGNS[min(found, key=DISPUTED.index)] if found else ""


# --- notebooks


class Watch:
    """Notes what is shown: sentences with the numbers that they use, tables, and figures."""

    def __init__(self):
        self.sentences, self.tables, self.figures, self.made = [], [], [], {}

    def keys_of(self, row):
        """Return the numbers that a row is, or is made of."""
        return [row["key"]] if row.get("key") else self.made.get((row.get("derived"), row.get("note")), [])

    @contextmanager
    def watching(self):
        """Note all that is shown meanwhile."""
        fill, field, form, computed = (
            sentences.Writer.fill, sentences._Filler.get_field, sentences._Filler.format_field, Report._computed,
        )  # fmt: skip

        def filled(writer, sentence, values):
            writer.used = []
            said = fill(writer, sentence, values)
            self.sentences.append((said[0], self.used))
            self.used = []
            return said

        def got(filler, name, args, kwargs):
            self.names = [] if name in kwargs else name.split("/")
            return field(filler, name, args, kwargs)

        def formed(filler, named, spec):
            found = named[1]
            row = found if hasattr(found, "keys") else {}
            if spec not in NAMES:
                self.used += self.names or self.keys_of(row)
            return form(filler, named, spec)

        def made(report, compute, *keys, label=""):
            found = computed(report, compute, *keys, label=label)
            for row in found.to_dict("records"):
                parts = [
                    self.keys_of(one) for key in keys if isinstance(key, pd.DataFrame) for one in key.to_dict("records")
                ]
                named = [str(key) for key in keys if isinstance(key, str | Key)]
                self.made[row["derived"], row["note"]] = named + [key for part in parts for key in part]
            return found

        def saved(fig, name, **said):
            sheet = fig.bgdata
            self.figures.append((name, sheet, alt_text(fig), list(unsigned(sheet))))
            plt.close(fig)

        self.used, self.names = [], []
        with (
            patch.object(sentences.Writer, "fill", filled),
            patch.object(sentences._Filler, "get_field", got),
            patch.object(sentences._Filler, "format_field", formed),
            patch.object(Report, "_computed", made),
            patch("bgdata.show.figures.save_figure", saved),
        ):
            yield self

    def execute(self, notebook, code):
        """Execute the cells of a notebook for a period, and note the tables that they show."""
        space = {}
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                tree = ast.parse("".join(cell["source"]))
                last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
                exec(compile(tree, notebook.name, "exec"), space)
                shown = eval(compile(ast.Expression(last.value), notebook.name, "eval"), space) if last else None
                self.tables += [(cell["id"], shown)] if isinstance(shown, Table) else []
            space["period"] = code

    def unmarked(self, wrong):
        """Say what shows a disputed number without its sign."""
        for text, keys in self.sentences:
            if worst(keys, wrong) not in text:
                yield f"sentence {text}: {keys}"
        for name, table in self.tables:
            for mark, body in (
                zip(table.marks, table.body) if "Giá trị" in table.heads or "Mức thay đổi" in table.heads else []
            ):
                key = mark.partition('"')[2].rstrip('"')
                if SIGNS.get(wrong.get(key), "") not in " ".join(body):
                    yield f"table {name}: {body}"
        for name, sheet, alt, faults in self.figures:
            yield from (f"figure {name}: {fault}" for fault in faults)
            signs = {value.row: value.sign for value in sheet.values if value.sign}
            for index, row in sheet.rows.iterrows():
                keys = [*self.keys_of(row), *(row[one] for one in ("whole_key",) if one in row)]
                sign = worst(keys, wrong)
                if sign and (
                    sign != signs.get(index, sign if name.endswith("trend") else "") or sign not in plain(alt)
                ):
                    yield f"figure {name}: {row['label']} ({keys}) has {signs.get(index)} instead of {sign}"


# --- rows and cards


def rows_unmarked(code, wrong):
    """Say which rows show a disputed number without its verdict, or say that it moved."""
    rows = bg.load(period=code)
    for row in rows.to_dict("records"):
        if row["key"] in wrong and row["verdict"] != wrong[row["key"]]:
            yield f"row {row['key']}"
    for row in bg.compare(bg.indicators()["indicator"], period=code).to_dict("records"):
        if row["key"] in wrong and row["verdict"] != wrong[row["key"]]:
            yield f"compare {row['key']}"
        if wrong.get(row["key"]) == "contradicts" and row["direction"]:
            yield f"direction {row['key']}"
    for part, whole in bg.completions()[["part", "whole"]].values.tolist():
        sign = worst((part, whole), wrong)
        for row in bg.share(rows, part, whole).to_dict("records") if sign else []:
            if SIGNS.get(row["verdict"]) != sign:
                yield f"share {part}"
    marked = bg.mark_contradictions(rows, bg.check(code))
    yield from (f"mark {key}" for key in wrong if not marked.loc[marked["key"] == key, "mark"].all())


def cards_unmarked(code, wrong):
    """Say which cards, ranked changes and sentences of the front page show a disputed number without its sign."""
    package = Package.open()
    period = Period.parse(code)
    book = SimpleNamespace(
        code=code, lang="vi", package=package, numbers=Numbers.of(package, period, "vi"),
        run=SimpleNamespace(period=period), label=period.label("vi"),
    )  # fmt: skip
    cards = front.headlines(book)
    for card in cards:
        if SIGNS.get(wrong.get(str(card["key"])), "") not in card["text"]:
            yield f"card {card['key']}: {card['text']}"
    said = str(front._movement({"headlines": cards, "base": ""}))
    for card in cards:
        if card["label"] in said and SIGNS.get(wrong.get(str(card["key"])), "") not in said:
            yield f"front page: {said}"
    for part in changes.since_periods(book):
        for one in [*part["top"], *part["others"]]:
            if SIGNS.get(wrong.get(str(one["key"])), "") not in one["now"]:
                yield f"changes {one['key']}: {one['now']}"


def unmarked(code, known=(), *, notebooks=True):
    """Return what is unmarked in a period, and how many numbers are disputed besides those that are `known`.

    Only the notebooks that show numbers whose verdict is not known are executed.
    """
    wrong = disputed(code)
    found = [*rows_unmarked(code, wrong)]
    fresh = {key for key in wrong if wrong[key] != dict(known).get(key)}
    if notebooks and fresh:
        sectors = {bg.indicators().set_index("indicator").loc[key.partition("[")[0], "sector"] for key in fresh}
        watch = Watch()
        with watch.watching():
            for path in NOTEBOOKS:
                if path.stem[3:].replace("-", "_") in sectors or path.stem[3:] in MIXED:
                    watch.execute(path, code)
        found += [*watch.unmarked(wrong), *cards_unmarked(code, wrong)]
    return found, len(fresh)


def planted(project, count, *, code="2025-S2", seed=14, notebooks=True):
    """Edit one number again and again; return what was not marked, and how often something new was disputed."""
    chance, missed, times = random.Random(seed), [], 0
    file = f"observations/{code}.csv"
    text = project.text(file)
    known = disputed(code)
    for _ in range(count):
        changed = edit(text, chance)
        project.write(file, changed.encode())
        found, fresh = unmarked(code, known, notebooks=notebooks)
        missed += found
        times += fresh > 0
    project.write(file, text.encode())
    return missed, times
