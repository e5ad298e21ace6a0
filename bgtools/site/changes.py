"""What changed: two builds of one period told apart by what they show, two periods by their numbers.

What a build shows is kept beside it in `shown.json`. A build that shows nothing new keeps the one before it, so that
making the pages again does not wipe out what changed. Between periods the numbers are ranked by what their change
tells, and a reason why some cannot be compared is said once.
"""

import json
import shutil
from datetime import datetime
from difflib import SequenceMatcher

from markupsafe import Markup

from bgdata.files import write
from bgdata.package import Key, growth_text, section_text
from bgdata.show import cell
from bgdata.voice import Message, counted
from bgtools.site.front import compared, weight
from bgtools.site.render import clock

FILE = "shown.json"
PICTURES = "before"
TOP = 12


def snapshot(book):
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
    numbers = {
        Key.of(row).anchor: [row["label"], book.numbers.text(row), section_text(row["section"], book.lang)]
        for row in book.numbers.present  # what is missing shows as a number that went
    }
    return {"made": book.made.isoformat(timespec="seconds"), "numbers": numbers, "texts": texts, "figures": figures}


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
    write(new / FILE, json.dumps({"now": now, "before": before}, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    for name, (*_, sha) in (before or {"figures": {}})["figures"].items():
        picture = pictures / f"{name}.png"
        if now["figures"].get(name, [None])[-1] != sha and picture.is_file():
            (new / PICTURES).mkdir(exist_ok=True)
            shutil.copy(picture, new / PICTURES)
    return before


def since_build(book, now, before):
    """Return what differs from the last build that showed something else, for the template.

    Parameters
    ----------
    book : bgtools.site.book.Book
    now : dict
        See :func:`snapshot`.
    before : dict or None
    """
    if before is None:
        return {"title": Message("Against the previous build"), "found": None}
    found, figures = differences(before, now), book.figures()
    for one in found["texts"]:
        one["href"] = book.links.to(one["page"], one["id"].partition("#")[2]) if one["now"] else ""
    for one in found["figures"]:
        one["href"] = book.links.to(one["page"], figures[one["id"]].anchor) if one["now"] else ""
        one["was_picture"] = f"{PICTURES}/{one['id']}.png" if one["was"] else ""
        one["picture"] = book.links.picture(figures[one["id"]]) if one["now"] else ""
    made = clock(datetime.fromisoformat(before["made"]), book.lang)
    return {"title": Message("Against the previous build ({made})", made=made), "found": found}


def since_periods(book):
    """Return what changed against the year before and against the period before, where the package has them."""
    observed, period = book.package.observed_periods(), book.run.period
    earlier = [one for one in observed if one.freq == period.freq and one < period]
    asked = dict.fromkeys([one for one in (period.year_before(), *earlier[-1:]) if one in earlier])
    return [_since(book, then) for then in asked]


def _since(book, then):
    rows = compared(book, then)
    changed = [row for row in rows if row["direction"] in ("up", "down")]
    ranked = [_moved(book, row) for row in sorted(changed, key=lambda row: -weight(book, row))]
    reasons = {}
    for row in rows:
        if row["reason"] and not row["direction"]:
            reasons.setdefault(row["reason"], []).append(row["label"])
    return {
        "title": Message("Against the {period}", period=then.label(book.lang)),
        "season": then != book.run.period.year_before(),
        "top": ranked[:TOP],
        "others": ranked[TOP:],
        "same": sum(row["direction"] == "unchanged" or row["change"] == 0 for row in rows),
        "reasons": [
            (counted("{count} number", "{count} numbers", count=len(labels)), reason, labels)
            for reason, labels in sorted(reasons.items(), key=lambda pair: -len(pair[1]))
        ],
    }


def _moved(book, row):
    return {
        "key": Key.of(row),
        "label": row["label"],
        "was": cell("base", row, book.lang, book.package),
        "now": cell("value", row, book.lang, book.package),
        "change": growth_text(row, book.lang),
        "direction": 1 if row["direction"] == "up" else -1,
    }


def differences(before, now):
    """Return what differs between two snapshots.

    Returns
    -------
    dict of str to list of dict
        ``numbers``, ``texts`` and ``figures``; each with ``id``, ``label``, ``was`` and ``now`` ("" where absent). Of a
        text, ``was`` and ``now`` mark the words that differ.
    """
    return {
        "numbers": [
            {"id": one, "label": (new or old)[0], "was": _number(old, new), "now": _number(new, old)}
            for one, old, new in _pairs(before["numbers"], now["numbers"])
        ],
        "texts": [
            {"id": one, "page": (new or old)[0], "label": (new or old)[1], **_marked(old, new)}
            for one, old, new in _pairs(before["texts"], now["texts"])
        ],
        "figures": [
            {"id": one, "page": (new or old)[0], "label": (new or old)[1], **_marked(old and old[:3], new and new[:3])}
            for one, old, new in _pairs(before["figures"], now["figures"])
        ],
    }


def _pairs(before, now):
    """Yield (key, old, new) where they differ; None for what is not there."""
    for one in [*now, *(one for one in before if one not in now)]:
        if before.get(one) != now.get(one):
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


def _shown(found):
    """Return a snapshot without its date."""
    return {part: found[part] for part in ("numbers", "texts", "figures")}
