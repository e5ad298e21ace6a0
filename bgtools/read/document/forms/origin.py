"""The way back: from a letter of a passage to the run of the Word file that it was read from."""

import unicodedata


def located(passage, place):
    """Find where a letter of a passage stands in the Word file that it was read from.

    Parameters
    ----------
    passage : bgtools.read.document.passage.Passage
        Of a paragraph or footnote of a Word file.
    place : int
        Offset in its text.

    Returns
    -------
    (lxml element, lxml element, int) or None
        The ``w:p``, the ``w:r``, and how many letters of the run's text stand before it. None where the letter was not
        in the file, such as the number that Word gives to a heading.
    """
    letters = [(letter, None) for _, label, _ in passage.source[:1] for letter in " " * label]
    for paragraph, _, pieces in passage.source:
        for run, text in pieces:
            letters += [(letter, (paragraph, run, offset)) for offset, letter in enumerate(text)]
    label = passage.source[0][1] if passage.source else 0
    wanted, at = [one for one in enumerate(passage.text) if not one[1].isspace()], label
    for offset, letter in wanted:
        if offset < label:
            continue
        while at < len(letters) and not _alike(letters, at, letter):
            at += 1
        if offset >= place:
            return letters[at][1] if at < len(letters) else None
        at += 1
    return None


def _alike(letters, at, letter):
    """Tell whether a letter of the file became this letter, or the first part of it."""
    own = unicodedata.normalize("NFD", letters[at][0])[:1]
    return own == unicodedata.normalize("NFD", letter)[:1]
