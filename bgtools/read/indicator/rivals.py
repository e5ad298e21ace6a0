"""Why a number that was found for an indicator is not certain: what its own statement says, and what else could be meant.

A number that is refused for its time, its place or as a plan frees its slot for none that fits it worse; a fact that is
printed with two values is asked, with both. How sure the indicator itself is, is told in `match`.
"""

import re

import numpy as np

from bgtools.read.indicator.misfits import aimed_twice, apposed, misfits, unsure
from bgtools.read.indicator.novelty import PLAIN, beside, novel
from bgtools.read.indicator.plainness import BAR, strangeness
from bgtools.read.indicator.proportions import bound, of_another_size, paired, shared_out
from bgtools.read.indicator.terms import STOP, words_of
from bgtools.read.indicator.weights import WEIGHTS
from bgtools.read.statement.doubts import NOVEL, PART, RIVALLED, rivalled, twice
from bgtools.read.statement.numerals import size
from bgtools.read.statement.timewords import Time

ALIKE, LEAST = 2.4, -1.0  # worth within which two numbers could be meant, and that either needs
BETTER = {Time.EARLIER: 3.0, Time.WIDER: 3.0}  # by how much a refused number must fit better: these often stand beside
USUAL = 1.0
WINDOW = 12  # words before two numbers that are compared
FEW_WORDS, MANY_WORDS = 3, 8  # that are the same, of one passage and of two, when one fact is printed twice
SAME_WORDS, OTHER_WORDS = 3, 0.25  # of the indicator, at least; the share that the other sentence may lack
RATHER = 1.5  # by how much a number must fit an indicator better than the one that it was taken for
FAR = 2.0  # by how much it fits another indicator better that it may have been taken from
TORN = 0.7  # by how much less a number fits the indicator that it may have been taken from
NAMES = 0.5  # by how much a category is named more than all others
NEAR, LITTLE, FEW_MORE = (
    160,
    0.15,
    1,
)  # characters between two numbers of one thing; the share, or how many, they differ by
AGAIN = "như vậy tức nghĩa nói khác tóm lại tổng cộng chung".split()
EXPLAINED = 0.5  # of the words around a part of something, what an indicator must account for
LED = re.compile(
    r"[^\d.;:(|]{0,60}[;:,(]\s?(?P<to>[^\d.;]{0,20}(?:\d[A-Z])?[^\d.;]{0,20}:?)\s?\d"
)  # what leads on to the next number
IN_ALL = re.compile(r"(?<!\w)(?:tổng|cộng)(?:\s(?:số|cộng|là|có|lại|được|đạt))*\s?[:=]?\s*$", re.IGNORECASE)
SENTENCE, SIGN = re.compile(r"[.;!?](?=\s)"), re.compile(r"[.;:,(|]")


class Rivals:
    """The doubts about the pairs of an assignment.

    Parameters
    ----------
    evidence : Evidence
    pairs : list of (int, int)
    unrefused : list of (int, int)
        The assignment that would be if no number were refused for its time, its place or as a plan.
    """

    def __init__(self, evidence, pairs, unrefused=()):
        self.evidence, self.taken = evidence, dict(pairs)
        self.unrefused, self.instead = dict(unrefused), {column: row for row, column in unrefused}
        self.filled = {column for _, column in pairs}
        self.worth = sum(WEIGHTS[name] * layer for name, layer in evidence.layers.items() if name != "foreign")
        self.said = [beside(evidence.passages[one.passage].text, one.start, one.end) for one in evidence.found]
        self.bound = bound(evidence, self.taken)
        self.paired = paired(evidence, self.taken)
        self.halves = {frozenset(trio[:2]) for trio in evidence.trios}
        self.totals = {slot.indicator: column for column, slot in enumerate(evidence.slots) if not slot.category}

    def doubts(self, row, column):
        """Return the doubts about one pair, as messages."""
        numeral, slot = self.evidence.found[row], self.evidence.slots[column]
        found = [*unsure(numeral, slot), *misfits(numeral, slot, self.evidence.planned[row])]
        explained = self.evidence.layers["said"][row, column] >= EXPLAINED
        own = slot.category or slot.row["of"] or explained or shared_out(self.evidence, self.taken, row)
        if numeral.part and not own:
            found.append(PART)
        if self._novel(numeral, slot):
            found.append(NOVEL)
        if slot.category and (
            self._total_is_missing(slot) or self._of_a_sibling(row, column) or self._unnamed(row, slot)
        ):
            found.append(RIVALLED)
        lone = numeral.role == "whole" and row - 1 not in self.taken
        if lone or self._of_a_category(row, column) or self._displaced(row, column):
            found.append(RIVALLED)
        return tuple(dict.fromkeys([*found, *(self._again(row, column) or self._others(row, column))]))

    def _novel(self, numeral, slot):
        text, cell = self.evidence.passages[numeral.passage].text, numeral.cell
        if not cell:
            strange = strangeness(text, numeral.start, numeral.end, slot.words) > BAR
            return strange or novel(text, numeral.start, numeral.end, slot)
        said = " ".join(cell.rows) + ": "
        return novel(said + numeral.printed, len(said), len(said) + len(numeral.printed), slot)

    def _total_is_missing(self, slot):
        """Tell whether a category's total, which the last report printed, was found nowhere: this may be the total."""
        total = self.totals[slot.indicator]
        return bool(self.evidence.slots[total].last) and total not in self.filled

    def _of_a_sibling(self, row, column):
        """Tell whether another category, which has no number yet, is named nearer to a number than its own."""
        slots = self.evidence.slots
        siblings = (
            place for place, slot in enumerate(slots) if slot.category and slot.indicator == slots[column].indicator
        )
        return self.evidence.layers["category"][row, column] < 0 and not set(siblings) <= self.filled

    def _of_a_category(self, row, column):
        """Tell whether a number that was taken for a total is said to be of a category that has no number yet."""
        slots, layers = self.evidence.slots, self.evidence.layers
        numeral = self.evidence.found[row]
        before = self.evidence.passages[numeral.passage].text[max(0, numeral.start - 30) : numeral.start]
        if slots[column].category or layers["total"][row, column] <= NAMES or IN_ALL.search(before):
            return False
        group = [
            place for place, slot in enumerate(slots) if slot.category and slot.indicator == slots[column].indicator
        ]
        named = max(group, key=lambda place: layers["category"][row, place])
        text = self.evidence.passages[numeral.passage].text
        said = SENTENCE.split(text[: numeral.start])[-1] + SIGN.split(text[numeral.end : numeral.end + 80])[0]
        if not set(slots[named].category_terms) & set(words_of(said)):
            return False  # it is named only in what follows
        holder = self._holder(named)
        return holder is None or layers["category"][holder, named] < layers["category"][row, named]

    def _displaced(self, row, column):
        """Tell whether a number fits another indicator better, which a number has that fits it less."""
        worth = np.where(self.evidence.possible[row], self.worth[row], -np.inf)
        best = int(worth.argmax())
        if worth[best] <= worth[column] + FAR or self.evidence.foreign[row, best] or self.evidence.found[row].role:
            return False
        holder = self._holder(best)
        return holder is None or self.worth[holder, best] < self.worth[row, best] - USUAL

    def _holder(self, column):
        return next((other for other, place in self.taken.items() if place == column), None)

    def _unnamed(self, row, slot):
        """Tell whether a category is named only behind a sign that leads on to another number: "340 trạm; trong đó 2G: 12"."""
        numeral = self.evidence.found[row]
        text = self.evidence.passages[numeral.passage].text
        led = LED.match(text, numeral.end)
        if numeral.cell or not led:
            return False
        own, before = set(slot.category_terms), SENTENCE.split(text[: numeral.start])[-1]
        said = words_of(f"{before} {text[numeral.end : led.start('to')]}")
        return bool(own & set(words_of(led["to"]))) and not own & set(said)

    def _others(self, row, column):
        """Doubt a number where another, which has no place of its own, could be meant as well or better."""
        found, foreign = self.evidence.found, self.evidence.foreign
        if (half := self._misplaced(row, column)) is not None:
            return [rivalled(*self._reading(half))]
        first = self.instead.get(column, row)
        if (
            not self._kept_apart(row, first, column)
            and not self._beside(row, first)
            and foreign[first, column]
            and self.unrefused.get(row, column) != column
        ):
            return [rivalled(*self._reading(first))]
        worth = self.worth[:, column]
        least = max(worth[row] - ALIKE, LEAST - WEIGHTS["bias"])
        for other in np.flatnonzero((worth > least) & self.evidence.possible[:, column]):
            if other in self.taken or not distinct(found[row], found[other]) or self._kept_apart(row, other, column):
                continue
            if other == row + 1 and (found[row].role, found[other].role) == ("part", "whole"):
                continue
            if not foreign[other, column]:
                return [twice([self._reading(row), self._reading(other)])]
            better = worth[other] > worth[row] + BETTER.get(found[other].time, USUAL)
            if not self._beside(row, other) and (better or self._torn(row, column)):
                return [rivalled(*self._reading(other))]
        return []

    def _misplaced(self, row, column):
        """Return the number by which digits disprove a place: a refused n of it, or what a share is of and should not be."""
        own = self.totals.get(self.evidence.slots[column].row["of"])
        for part, whole, percent in self.evidence.trios:
            if row == whole and self.evidence.foreign[part, column] and self.evidence.possible[part, column]:
                return part
            if row == percent:
                refused = [one for one in (part, whole) if self._refused(one)]
                other = own is not None and (self.taken.get(whole) != own or self._misplaced(whole, own) is not None)
                refused += [whole] * other
                if refused:
                    return refused[0]
        return None

    def _refused(self, row):
        numeral = self.evidence.found[row]
        return numeral.elsewhen or bool(numeral.place)

    def _kept_apart(self, row, other, column):
        """Tell whether digits prove that another number is none of an indicator's: the whole of its own, or beside a sum."""
        half = frozenset((row, other)) in self.halves and not self.evidence.foreign[other, column]
        if half or apposed(self.evidence, other) or aimed_twice(self.evidence, other) or self._paired_apart(row, other):
            return True
        if row not in self.bound:
            return False
        unnamed = self.evidence.slots[column].category and self.evidence.layers["category"][other, column] <= 0
        return bool(self.evidence.foreign[other, column] or unnamed) or of_another_size(
            *(self.evidence.found[one] for one in (row, other))
        )

    def _paired_apart(self, row, other):
        """Tell whether a number of a pair, n of N, is of another order than one that has a place of its own."""
        sizes = self.evidence.found[row], self.evidence.found[other]
        return row in self.paired and other in self.taken and of_another_size(*sizes)

    def _torn(self, row, column):
        """Tell whether a number fits another indicator, which has none, as well as its own."""
        worth = np.where(self.evidence.possible[row], self.worth[row], -np.inf)
        near = np.flatnonzero(worth > worth[column] - TORN)
        return any(other not in self.filled and not self.evidence.slots[other].category for other in near)

    def _again(self, row, column):
        """Doubt a number whose words come again with another number, or with this one for another indicator."""
        found = self.evidence.found
        for other, one in enumerate(found):
            if other == row or one.cell and found[row].cell or self.evidence.foreign[other, column]:
                continue
            again = self._says_again(row, other, column) or self._in_its_words(row, other, column)
            again = again or not self.evidence.slots[column].category and self._told_otherwise(row, other)
            if not self.evidence.possible[other, column] or not again or self._paired_apart(row, other):
                continue
            if distinct(found[row], one):
                return [twice([self._reading(row), self._reading(other)])]
            if self.taken.get(other, column) != column:
                return [rivalled(*self._reading(other))]
        return []

    def _says_again(self, row, other, column):
        """Tell whether two numbers stand in the same words, or the other is in a sentence that adds none to them."""
        (first, before, behind), (again, head, tail) = self.said[row], self.said[other]
        here = self.evidence.found[row].passage == self.evidence.found[other].passage
        if behind != tail or (here and first == again) or not here and self._is_note(row, other):
            return False
        length = min(len(before), len(head), WINDOW)
        if before[len(before) - length :] == head[len(head) - length :]:
            return length + len(behind) >= (FEW_WORDS if here else MANY_WORDS)
        rest = {word for word in head if word not in PLAIN} - {*before, *AGAIN}
        return here and other not in self.taken and not rest

    def _in_its_words(self, row, other, column):
        """Tell whether another sentence of a passage has the same words of the indicator, and its number no better place."""
        (first, *said), (again, *there) = self.said[row], self.said[other]
        if self.evidence.found[row].passage != self.evidence.found[other].passage or first == again:
            return False
        own = self.evidence.slots[column].words - STOP
        mine, its = ({word for side in sides for word in side if word in own} for sides in (said, there))
        elsewhere = self.taken.get(other, column)
        settled = elsewhere is not None and self.worth[other, elsewhere] > self.worth[other, column] - RATHER
        return len(mine) >= SAME_WORDS and len(mine - its) <= len(mine) * OTHER_WORDS and not settled

    def _told_otherwise(self, row, other):
        """Tell whether two numbers of a passage that differ little count the same, and are not each an indicator's own."""
        one, rival = self.evidence.found[row], self.evidence.found[other]
        near = one.passage == rival.passage and abs(one.start - rival.start) < NEAR
        if not near or other in self.taken or (one.unit, one.relation) != (rival.unit, rival.relation):
            return False
        other_than = rival.elsewhen or rival.place or any(doubt is not RIVALLED for doubt, _ in rival.stated)
        if one.role or rival.role or not (one.number and rival.number) or one.unit == "percent" or other_than:
            return False
        nouns = [behind[:1] for _, _, behind in (self.said[row], self.said[other])]
        sizes = sorted((size(one.number), size(rival.number)))
        return (nouns[0] == nouns[1] or () in nouns) and 0 < sizes[1] - sizes[0] <= max(LITTLE * sizes[1], FEW_MORE)

    def _is_note(self, *rows):
        return any(self.evidence.passages[self.evidence.found[row].passage].host for row in rows)

    def _beside(self, row, other):
        """Tell whether two numbers stand in one row of a table, whose heads say which of them is meant."""
        one, rival = self.evidence.found[row], self.evidence.found[other]
        return bool(one.cell and rival.cell) and one.passage == rival.passage

    def _reading(self, row):
        numeral = self.evidence.found[row]
        return numeral.printed, self.evidence.passages[numeral.passage].section


def undoubted(evidence, pairs):
    """Return, for each pair, whether nothing speaks against entering it."""
    rivals = Rivals(evidence, pairs)
    return np.array([not rivals.doubts(row, column) for row, column in pairs], dtype=bool)


def distinct(one, other):
    """Tell whether two numerals print different numbers."""
    return (one.printed, one.qualifier) != (other.printed, other.qualifier)


def repeats(numeral, passages):
    """Tell whether a footnote only repeats a number of the text that it is a note to.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> from bgtools.read.statement.numerals import numerals
    >>> [first, _] = numerals(text := [Passage("138/851 doanh nghiệp.", host="hỗ trợ 138 doanh nghiệp")])
    >>> repeats(first, text)
    True
    """
    host = passages[numeral.passage].host[-200:]
    digits = numeral.printed.removeprefix("gần ")
    return len(digits) > 2 and bool(re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d.,]\d|\d)", host))
