"""What the search of the pages looks into: numbers first, then contradictions and the parts of each page.

The words are stored as they are written; the page folds diacritics when it loads them.
"""

import json


def entries(book, rows, contradictions):
    """Return the entries of one period's search: [kind, title, text, address], best kinds first.

    Parameters
    ----------
    book : bgtools.site.book.Book
    rows : list of dict
        Of the index of all numbers.
    contradictions : list of dict
        Of the front page.
    """
    say, links = book.say, book.links
    found = [
        [
            0,
            row["label"],
            f"{row['value']} · {say('section', sections=row['section'])} · {row['code']}",
            links.to("numbers", row["id"]),
        ]
        for row in rows
    ]
    found += [[1, say("contradict"), one["sentence"], links.to("index", one["id"])] for one in contradictions]
    for page, shown in book.pages:
        for place, title, text in shown.sections:
            heading = f"{shown.title} › {title}" if place else title
            found.append([2, heading, " ".join(text.split()), links.to(page.name, place)])
    return found


def script(found):
    """Return the entries as a script, since pages opened from a folder may not read other files.

    Examples
    --------
    >>> script([[0, "a", "</script>", "b.html"]])
    'window.bgdataSearch=[[0,"a","\\\\u003c/script>","b.html"]];'
    """
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return (
        f"window.bgdataSearch={text};".replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )
