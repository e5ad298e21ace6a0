"""Disturb the numbers of reports in every way and count what is entered wrongly: python benchmarks/disturb.py

Numbers that are read rightly in a report of tests/reports are disturbed in each way of `disturbances`, `other_words`
and `unheard_words`; a few at a time, in sections of their own, so that the whole can be run in minutes. Tables come from
`layouts`. Beside it stands how often a match of some confidence is right in the reports that were read without being fitted on. `--write` writes
both tables to benchmarks/disturb.md.

`--documents N` writes N documents of each report, several numbers disturbed in each, as offices write them: PDF by three
producers, Word of four kinds; what is entered from each is held against the same text read from a text file.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import disturbing_papers
from disturbing import TOGETHER, WAYS, Count, damaged, measure, measure_tables

from bgtools.read.fit.held_out import bins
from bgtools.read.fit.labelled import FITTED, KEPT_OUT, invented

TABLE = Path(__file__).with_suffix(".md")
HEAD = "| way | disturbed | wrong | per 1 000 | entered right | asked or left |\n|---|---:|---:|---:|---:|---:|"


def total(counts, part):
    """Add up the counts of some ways; the undisturbed is none."""
    chosen = [one for way, one in counts.items() if way != "undisturbed" and part(way)]
    return Count(*(sum(getattr(one, name) for one in chosen) for name in ("disturbed", "wrong", "entered", "may")))


def documents(names, number, together, seed, shown):
    """Return the table of all forms of documents, and print what is wrong in one that is not so in the text."""
    sheets = disturbing_papers.drawn(names, documents=number, together=together, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        accounts = disturbing_papers.judged(sheets, disturbing_papers.written(sheets, Path(folder), seed=seed))
    for form, account in accounts.items():
        for key in disturbing_papers.alone(account, accounts)[:shown]:
            print(f"WRONG {form}: {account.said[key]}")
    return "\n".join([disturbing_papers.HEAD, *(disturbing_papers.line(form, sheets, accounts) for form in accounts)])


def written(text, place):
    """Write one of the two parts of the table's file; the other stays as it is."""
    parts = TABLE.read_text(encoding="utf-8").strip().split("\n\n| form |")
    parts = [parts[0], parts[1] if len(parts) > 1 else ""]
    parts[place] = text.removeprefix("| form |")
    TABLE.write_text("\n\n| form |".join(filter(None, parts)) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*")
    parser.add_argument("--share", type=float, default=1.0, help="of the numbers that are disturbed")
    parser.add_argument("--most", type=int, help="numbers of each report that are disturbed in each way")
    parser.add_argument("--damaged", type=int, default=2, help="reports of each that are damaged as a whole")
    parser.add_argument("--together", type=int, default=TOGETHER)
    parser.add_argument("--seed", default="0", help="of what is drawn by lot: words, places, which numbers")
    parser.add_argument("--way", action="append", help="only ways that begin so")
    parser.add_argument("--wrong", type=int, default=3, help="wrong entries to show of each way")
    parser.add_argument("--documents", type=int, help="documents of each report, in every form, in place of the ways")
    parser.add_argument("--write", action="store_true", help="write benchmarks/disturb.md")
    asked = parser.parse_args()
    ways = [way for way in WAYS if not asked.way or way.startswith(tuple(asked.way))]
    start = time.perf_counter()
    names = asked.reports or list(FITTED | KEPT_OUT)
    if asked.documents:
        text = documents(names, asked.documents, asked.together, asked.seed, asked.wrong)
        print(text, f"{time.perf_counter() - start:.0f} s", sep="\n")
        if asked.write:
            written(text, 1)
        return
    counts = measure(names, ways, share=asked.share, together=asked.together, seed=asked.seed, most=asked.most)
    if not asked.way or "table" in asked.way:
        measure_tables(counts, seed=asked.seed)
    if not asked.way or "damaged" in asked.way:
        for report in invented(names):
            for number in range(asked.damaged):
                counts["a twentieth damaged, a table added"].add(damaged(report, 0.05, f"{asked.seed} {number}"))
    lines = [count.line(way) for way, count in counts.items()]
    parts = {
        "all ways but the unheard": lambda way: not way.startswith("unheard"),
        "unheard, first halves": lambda way: way.startswith("unheard, first"),
        "unheard, second halves": lambda way: way.startswith("unheard, second"),
        "all ways": lambda way: True,
    }
    totals = [total(counts, part).line(f"**{name}**") for name, part in parts.items()]
    text = "\n".join([HEAD, *lines, *totals, "", bins()])
    print(text)
    for way, count in counts.items():
        for said in count.said[: asked.wrong]:
            print(f"WRONG {way}: {said}")
    print(f"{time.perf_counter() - start:.0f} s")
    if asked.write:
        written(text, 0)


if __name__ == "__main__":
    main()
