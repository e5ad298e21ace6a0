"""What changed: two builds of one period, or two periods, told apart by what they show.

What a build shows is kept beside it in `shown.json`. A build that shows nothing new keeps the one before it, so that
making the pages again does not wipe out what changed.
"""

import json
import operator
import shutil
from datetime import datetime
from difflib import SequenceMatcher

from markupsafe import Markup

from bgdata.package.datapackage import Package
from bgdata.package.text import growth_text, value_text
from bgdata.rules.comparison import compare, previous
from bgdata.rules.load import load
from bgtools.site.index import anchor, key
from bgtools.site.words import clock

FILE = "shown.json"
PICTURES = "before"
NOTHING = {"numbers": [], "texts": [], "figures": [], "growth": False}


def snapshot(book, made):
    """Return what a build shows.

    Returns
    -------
    dict
        ``made``; ``numbers``: label, text and section by id; ``texts``: page, its title and a sentence by cell;
        ``figures``: page, caption, description and hash by name.
    """
    texts, figures = {}, {}
    for page, shown in book.pages:
        texts |= {f"{page.name}#{cell}": [page.name, shown.title, text] for cell, text in shown.texts.items() if text}
        figures |= {
            name: [page.name, one.caption or one.name, one.alt, one.digest] for name, one in shown.figures.items()
        }
    numbers = _numbers(book.numbers.rows, book.lang)
    return {"made": made.isoformat(timespec="seconds"), "numbers": numbers, "texts": texts, "figures": figures}


def kept(folder):
    """Return what the pages in a folder show, and what those before them showed: two snapshots, or None."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return found["now"], found["before"]
    except (OSError, ValueError, KeyError, TypeError):
        return None, None


def keep(old, new, now):
    """Write what the new pages show into their folder, with the pictures that they replace; return what was before.

    Parameters
    ----------
    old, new : pathlib.Path
        The folders of the period's pages as they are, and of those being made.
    now : dict
        See :func:`snapshot`.

    Returns
    -------
    dict or None
        The snapshot of the last build that showed something else.
    """
    last, earlier = kept(old)
    same = last is not None and _shown(last) == _shown(now)
    before, pictures = (earlier, old / PICTURES) if same else (last, old / "figures")
    text = json.dumps({"now": now, "before": before}, ensure_ascii=False, indent=1, sort_keys=True)
    (new / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    for name, (*_, sha) in (before or {"figures": {}})["figures"].items():
        picture = pictures / f"{name}.png"
        if now["figures"].get(name, [None])[-1] != sha and picture.is_file():
            (new / PICTURES).mkdir(exist_ok=True)
            shutil.copy(picture, new / PICTURES)
    return before


def changes(book, now, before, books):
    """Return what differs from the build before and from the period before, for the template.

    Parameters
    ----------
    book : bgtools.site.book.Book
    now : dict
        See :func:`snapshot`.
    before : dict or None
        What the last other build showed.
    books : dict of str to dict
        The snapshots of the other periods' pages, by period.
    """
    return [_since_build(book, now, before), _since_period(book, now, books)]


def _since_build(book, now, before):
    say = book.say
    if before is None:
        return {"title": say("since_build_none"), "empty": say("first_build"), **NOTHING}
    made = clock(datetime.fromisoformat(before["made"]), book.lang)
    found = _placed(differences(before, now), book, PICTURES)
    return {"title": say("since_build", made=made), "empty": say("no_change"), "growth": False, **found}


def _since_period(book, now, books):
    say, period = book.say, book.run.period
    code = _earlier(period)
    if not code:
        return {"title": say("since_period_none"), "empty": say("no_earlier", period=book.label), **NOTHING}
    numbers = _numbers(load(period=code, lang=book.lang), book.lang)
    then = books.get(code) or {"numbers": numbers, "texts": now["texts"], "figures": now["figures"]}
    found = _placed(differences(then, now, _same_but_period(code, period, book.lang)), book, f"../{code}/figures")
    growth = _growth(book, code)
    for one in found["numbers"]:
        one["growth"] = growth.get(one["id"], "") if one["was"] and one["now"] else ""
    title = say("since_period", period=Package.open().period(code).label(book.lang))
    return {"title": title, "empty": say("no_change"), **found, "growth": True}


def _placed(found, book, pictures):
    """Add to each difference where it is to be seen: its address, and the two pictures of a figure."""
    figures = book.figures()
    for one in found["texts"]:
        one["href"] = book.links.to(one["page"], one["id"].partition("#")[2]) if one["now"] else ""
    for one in found["figures"]:
        one["href"] = book.links.to(one["page"], figures[one["id"]].anchor) if one["now"] else ""
        one["was_picture"] = f"{pictures}/{one['id']}.png" if one["was"] else ""
        one["picture"] = book.links.picture(figures[one["id"]]) if one["now"] else ""
    return found


def _earlier(period):
    """Return the code of the period to compare with, or "" where the package has none."""
    code = previous(period.code)
    return code if code in [one.code for one in Package.open().observed_periods()] else ""


def _same_but_period(code, period, lang):
    """Return what tells whether two records say the same but for the names of the periods."""
    spans = [(one, one.year_before(), one.previous()) for one in (Package.open().period(code), period)]
    labels = [[one.label(lang) for one in span] for span in spans]

    def same(old, new):
        return None not in (old, new) and _nameless(old, labels[0]) == _nameless(new, labels[1])

    return same


def _nameless(record, labels):
    """Return the words of a record with numbers for the names of periods; of a figure, without its hash."""
    text = "\n".join(record[:3])
    for number, label in enumerate(labels):
        text = text.replace(label, f"<{number}>")
    return text


def _growth(book, code):
    """Return the growth of each number since an earlier period, or why there is none, by id."""
    compared = compare(list(Package.open().indicators), period=book.run.period.code, base_period=code, lang=book.lang)
    return {
        anchor(key(row)): growth_text(row["growth"], book.lang) if row["growth"] == row["growth"] else row["reason"]
        for row in compared.to_dict("records")
    }


def differences(before, now, same=operator.eq):
    """Return what differs between two snapshots.

    Parameters
    ----------
    before, now : dict
    same : callable, optional
        Says whether two records are the same; either may be None.

    Returns
    -------
    dict of str to list of dict
        ``numbers``, ``texts`` and ``figures``; each with ``id``, ``label``, ``was`` and ``now`` ("" where absent). Of a
        text, ``was`` and ``now`` mark the words that differ.
    """
    return {
        "numbers": [
            {"id": one, "label": (new or old)[0], "was": _number(old, new), "now": _number(new, old)}
            for one, old, new in _pairs(before["numbers"], now["numbers"], same)
        ],
        "texts": [
            {"id": one, "page": (new or old)[0], "label": (new or old)[1], **_marked(old, new)}
            for one, old, new in _pairs(before["texts"], now["texts"], same)
        ],
        "figures": [
            {"id": one, "page": (new or old)[0], "label": (new or old)[1], **_marked(old and old[:3], new and new[:3])}
            for one, old, new in _pairs(before["figures"], now["figures"], same)
        ],
    }


def _pairs(before, now, same):
    """Yield (key, old, new) where they differ; None for what is not there."""
    for one in [*now, *(one for one in before if one not in now)]:
        if not same(before.get(one), now.get(one)):
            yield one, before.get(one), now.get(one)


def _number(this, other):
    """Write a number for the table; with its label and section where only these have changed."""
    if this is None:
        return ""
    label, text, section = this
    return f"{label}: {text} ({section})" if other and other[1] == text else text


def _marked(old, new):
    """Return the last words of two records as HTML, with the words that differ marked."""
    was, now = (one[-1].split() if one else [] for one in (old, new))
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        plain = kind == "equal" or not (was and now)
        left += [_words(was[a:b], "" if plain else "del")]
        right += [_words(now[c:d], "" if plain else "ins")]
    return {"was": Markup(" ").join(filter(None, left)), "now": Markup(" ").join(filter(None, right))}


def _words(words, tag):
    text = Markup("{}").format(" ".join(words))
    return Markup(f"<{tag}>{text}</{tag}>") if tag and text else text


def _numbers(rows, lang):
    return {
        anchor(key(row)): [row["label"], value_text(row, lang), row["section"]]
        for row in rows.to_dict("records")
        if row["status"] != "M"  # what is missing shows as a number that went
    }


def _shown(found):
    """Return a snapshot without its date."""
    return {part: found[part] for part in ("numbers", "texts", "figures")}
