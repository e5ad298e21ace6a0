"""Find numbers by words: in labels, definitions, notes, and the sentences that they were read from.

Accents and capitals count for nothing. Nothing is ranked by likeness: a text has all the words, or it is not found.
Only where none has them all, those that lack up to a third of them are found: labels leave out "number of".
"""

import pandas as pd

from bgdata.notation import folded
from bgdata.package import reads
from bgdata.package.datapackage import Package, check_lang
from bgdata.package.descriptor import read_table
from bgdata.package.key import Key
from bgdata.package.schema import Field, Schema
from bgdata.package.validation import every_row
from bgdata.voice import LANGUAGES

COLUMNS = ["key", "label", "unit", "sector", "where", "text"]
QUOTES = Schema(tuple(map(Field, ("indicator", "category", "quote"))))


def find(text: str = "", *, lang: str = "vi", package: Package | None = None) -> pd.DataFrame:
    """Find what there are numbers of, by words.

    Parameters
    ----------
    text : str
        Words, with or without accents, or a part of a code; all keys if left out.
    lang : {"vi", "en"}
        Language of ``label``; both languages are searched.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator or category that has all the words in one of its texts (if none has, two thirds
        of them), in the report's order:

        - ``key`` (str): what :func:`load` and :func:`value` take, such as ``"telecom.bts[4G]"``.
        - ``label``, ``unit``, ``sector`` (str).
        - ``where`` (str): in which of ``label``, ``definition``, ``note``, ``quote`` and ``code`` the words stand, of
          whichever period, parted by commas.
        - ``text`` (str): the first such text.

    Notes
    -----
    Source: the catalogue, the notes of all observations, and the sentences of ``data/quotes/`` where there are any.

    Raises
    ------
    BgdataError
        `lang` is none of the two.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.find("cot ang ten")[["key", "label"]].values.tolist()
    [['telecom.masts', 'Vị trí cột ăng ten']]
    """
    check_lang(lang)
    package, words = package or Package.open(), [word.strip("(),;:.!?“”\"'") for word in folded(str(text)).split()]
    texts = _texts(package)
    rows = _having(words, texts, package, lang, lacking=0)
    rows = rows or _having(words, texts, package, lang, lacking=len(words) // 3)
    return pd.DataFrame(rows, columns=COLUMNS)


def _having(words, texts, package, lang, *, lacking):
    """Return a row for each key that has a text which lacks so many of the words at most."""
    rows = []
    for key, said_of in texts.items():
        found = [
            (where, said)
            for where, said in [*said_of, ("code", str(key))]
            if sum(word not in folded(said) for word in words) <= lacking
        ]
        if found:
            row = package.indicators[key.indicator]
            places = ", ".join(dict.fromkeys(where for where, _ in found))
            label = package.label(key.indicator, key.category, lang)
            rows.append([str(key), label, row["unit"], row["sector"], places, found[0][1]])
    return rows


def _texts(package):
    """Return the texts of each key, with where they stand, in the catalogue's order."""
    for table in ("indicators.csv", "categories.csv"):
        reads.record(table)
    found = {}
    for key in package.keys:
        found[key] = [("label", package.label(key.indicator, key.category, lang)) for lang in LANGUAGES]
        if not key.category:
            found[key].append(("definition", package.indicators[key.indicator]["definition"]))
    quotes = [row for file in _quotes(package) for row in read_table(file, QUOTES, name=file.name)[0].rows]
    for where, rows in (("note", every_row(package)), ("quote", quotes)):
        for row in rows:
            if row[where] and (key := Key.of(row)) in found:
                found[key].append((where, row[where]))
    return found


def _quotes(package):
    """Return the files of sentences that numbers were read from, as far as there are any."""
    return [file for one in package.packages() for file in sorted((one.root / "data" / "quotes").glob("*.csv"))]
