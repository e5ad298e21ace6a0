"""Weigh what speaks for each numeral being each expected observation.

Every kind of evidence is one layer of an array, numerals x slots; `match` adds them up with its weights. No layer
knows a position or a value of any report.
"""

import re
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix

from bgtools.read.document.plans import of_plans
from bgtools.read.indicator.arithmetic import groups, sums
from bgtools.read.indicator.categories import categories
from bgtools.read.indicator.misfits import key, misfits
from bgtools.read.indicator.proportions import trios
from bgtools.read.indicator.slots import fits, other_level
from bgtools.read.indicator.terms import STOP, Stream, terms, unbroken, weights, words_of
from bgtools.read.statement import heads
from bgtools.read.statement.numerals import size

REACH = 60.0
LITTLE = 0.5  # of one rare word: what is said must be more than this to explain a numeral
VIEWS = {"after": (4.0, 1), "near": (9.0, 2), "beside": (6.0, 2), "wide": (30.0, 2)}
SENTENCE = re.compile(r"[.;](?=\s)")
CURRENCY = {"đồng", "vnd", "usd"}
AIM = re.compile(r"phấn đấu|chỉ tiêu|mục tiêu|dự kiến tổ chức|đặt ra", re.IGNORECASE)


class Evidence:
    """The layers of evidence for the observations of a report.

    Parameters
    ----------
    passages : sequence of Passage
    found : sequence of Numeral
        Observations only.
    slots : sequence of Slot
    package : bgdata.package.datapackage.Package

    Attributes
    ----------
    layers : dict of str to numpy.ndarray
        Shape ``(numerals, slots)`` each.
    possible : numpy.ndarray of bool
        Same shape: False where unit or relation exclude the pair.
    """

    def __init__(self, passages, found, slots, package):
        self.passages, self.found, self.slots, self.package = passages, found, slots, package
        self.weight = weights(_profiles(slots))
        self.column = {term: position for position, term in enumerate(self.weight)}
        self.contexts = self._contexts()
        self.views = {name: self._view(*of) for name, of in VIEWS.items()}
        self.possible = self._possible()
        self.planned = [self._planned(numeral) for numeral in found]
        self.foreign, self.groups = self._foreign(), groups(found)
        self.trios = trios(self)
        self.layers = {
            **self._likeness(),
            **self._units(),
            **categories(self),
            "role": self._roles(),
            "target": self._targets(),
            "heading": self._headings(),
            "size": self._sizes(),
            "no_total": self._no_totals(),
            "foreign": -1.0 * self.foreign,
            "sums": sums(self),
        }

    def _contexts(self):
        """Return, for each numeral, the terms before and behind it with their distances."""
        of_passage = {}
        for position, numeral in enumerate(self.found):
            of_passage.setdefault(numeral.passage, []).append(position)
        contexts = [None] * len(self.found)
        for index, positions in of_passage.items():
            passage = self.passages[index]
            if passage.cells:
                self._of_cells(passage, positions, contexts)
                continue
            spans = [(self.found[position].start, self.found[position].end) for position in positions]
            stream = Stream(passage.text, spans, (passage.host or passage.lead)[-300:])
            for place, position in enumerate(positions):
                contexts[position] = stream.around(place, REACH)
        return contexts

    def _of_cells(self, passage, positions, contexts):
        """Fill in the contexts of a table's row: the words of its heads before each number, its unit behind."""
        for position in positions:
            numeral = self.found[position]
            cell = numeral.cell
            if not cell:
                contexts[position] = ([], [])
                continue
            own = cell.rows or tuple(
                passage.text[one.start : one.end] for one in passage.cells if one.end <= cell.start
            )
            before = " – ".join(dict.fromkeys([*heads.words_of(cell.heads), *own])) + ": "
            text = before + passage.text[numeral.start : cell.end]
            stream = Stream(text, [(len(before), len(before) + numeral.end - numeral.start)], passage.lead[-200:])
            contexts[position] = stream.around(0, REACH)

    def _view(self, scale, side):
        """Return the terms around each numeral, shape (numerals, terms): 1 beside it, less farther away."""
        matrix = np.zeros((len(self.found), len(self.column)), dtype=np.float32)
        for row, sides in enumerate(self.contexts):
            for context in sides if side == 2 else (sides[side],):
                for term, distance in context:
                    column = self.column.get(term)
                    if column is not None:
                        value = np.exp(-max(0.0, distance - 3.0) / scale)
                        matrix[row, column] = max(matrix[row, column], value)
        return csr_matrix(matrix)

    def cover(self, view, phrases):
        """Return how much of each phrase stands in the view, shape (numerals, phrases)."""
        matrix = np.zeros((len(self.column), len(phrases)), dtype=np.float32)
        for column, phrase in enumerate(phrases):
            known = [term for term in phrase if term in self.column]
            total = sum(self.weight[term] for term in known)
            for term in known:
                matrix[self.column[term], column] += self.weight[term] / total
        return np.asarray(view @ matrix)

    def _best(self, view, of_slots):
        """Return the cover of each slot's best phrase, and that of all its phrases taken together."""
        flat = [phrase for phrases in of_slots for phrase in phrases]
        starts = np.cumsum([0, *(len(phrases) for phrases in of_slots[:-1])])
        cover = self.cover(view, flat)
        counts = np.array([len(phrases) for phrases in of_slots])
        return np.maximum.reduceat(cover, starts, axis=1), np.add.reduceat(cover, starts, axis=1) / counts

    def _likeness(self):
        """How alike the words around a numeral are to cue, label and definition."""
        cues = [slot.cues for slot in self.slots]
        names, meanings = [slot.name for slot in self.slots], [slot.meaning for slot in self.slots]
        near, mean = self._best(self.views["near"], cues)
        return {
            "cue_after": self._best(self.views["after"], cues)[0],
            "cue_near": near,
            "cue_mean": mean,
            "cue_wide": self._best(self.views["wide"], cues)[0],
            "cue_wide_mean": self._best(self.views["wide"], cues)[1],
            "cue_fuzzy": self._fuzzy(),
            "name_near": self.cover(self.views["near"], names),
            "name_wide": self.cover(self.views["wide"], names),
            "meaning_near": self.cover(self.views["near"], meanings),
            "meaning_wide": self.cover(self.views["wide"], meanings),
            "noun": self._noun(),
            "said": self._said(),
        }

    def _fuzzy(self):
        """Likeness of spelling, for words that are misspelt or cut: the cue within the words nearby, 0 to 1."""
        texts = []
        for before, after in self.contexts:
            left = [word for word, distance in before if distance < 14 and " " not in word]
            right = [word for word, distance in after if distance < 14 and " " not in word]
            texts.append(" ".join([*left[::-1], *right]))
        flat = [(position, phrase) for position, slot in enumerate(self.slots) for phrase in slot.phrases]
        phrases = [phrase for _, phrase in flat]
        scores = np.array([_alike(text, tuple(phrases)) for text in texts]).reshape(len(texts), len(phrases))
        starts = [i for i, (slot, _) in enumerate(flat) if i == 0 or flat[i - 1][0] != slot]
        best = np.maximum.reduceat(scores, starts, axis=1) / 100
        return np.clip((best - 0.5) * 2, 0, 1)

    def _noun(self):
        """How much of what is counted, the words just behind the numeral, the slot explains."""
        return self._explained([_counted(after) for _, after in self.contexts], 3.0)

    def _said(self):
        """How much of all that is said right around the numeral the slot explains."""
        return self._explained([[*_beside(before), *_counted(after)] for before, after in self.contexts], 5.0)

    def _explained(self, contexts, scale):
        """Return the share of the words of each context that the slot knows; words of no catalogue count as rare."""
        rare = max(self.weight.values())
        numerals = np.zeros((len(self.found), len(self.column)), dtype=np.float32)
        totals = np.full(len(self.found), rare * LITTLE)
        for row, context in enumerate(contexts):
            for term, distance in context:
                value = self.weight.get(term, rare) * np.exp(-max(0.0, distance - 3.0) / scale)
                totals[row] += value
                if term in self.column:
                    numerals[row, self.column[term]] += value
        return (csr_matrix(numerals) @ self._profiles()) / totals[:, None]

    def _profiles(self):
        profile = np.zeros((len(self.column), len(self.slots)), dtype=np.float32)
        for column, slot in enumerate(self.slots):
            for term in slot.profile | self._unit_terms(slot.row["unit"]):
                if term in self.column:
                    profile[self.column[term], column] = 1
        return profile

    def _unit_terms(self, unit):
        return set(terms(words_of(self.package.units[unit]["label_vi"])))

    def _units(self):
        """Whether the slot's unit stands behind the numeral, or another one."""
        names = list(self.package.units)
        columns = {unit: column for column, unit in enumerate(names)}
        beside = np.zeros((len(self.found), len(names)))
        labels = [" ".join(words_of(self.package.units[unit]["label_vi"])) for unit in names]
        for row, (_, after) in enumerate(self.contexts):
            following = " ".join(word for word, distance in after if " " not in word and distance < 8)
            for column, label in enumerate(labels):
                if label and (following + " ").startswith(label + " "):
                    beside[row, column] = 1
        own = beside[:, [columns[slot.row["unit"]] for slot in self.slots]]
        other = beside.max(axis=1)[:, None] * (1 - own)
        return {"unit": own, "other_unit": other}

    def _roles(self):
        """Whether n and N of n/N stand where part and whole belong."""
        same = {
            slot.indicator: slot.row["of"]
            for slot in self.slots
            if slot.row["of"] and slot.row["unit"] == self.package.indicators[slot.row["of"]]["unit"] != "percent"
        }
        layer = np.zeros((len(self.found), len(self.slots)))
        for row, numeral in enumerate(self.found):
            if numeral.role:
                fitting = set(same) if numeral.role == "part" else set(same.values())
                layer[row] = [1.0 if slot.indicator in fitting and not slot.category else -1.0 for slot in self.slots]
        return layer

    def _targets(self):
        """Whether a plan is spoken of, and the slot is a target."""
        plans = np.array([planned or self._aimed(numeral) for planned, numeral in zip(self.planned, self.found)])
        targets = np.array([slot.row["measure"] == "target" for slot in self.slots])
        return np.where(plans[:, None] == targets[None, :], 0.0, -1.0) + 1.0 * (plans[:, None] & targets[None, :])

    def _planned(self, numeral):
        """Tell whether a numeral stands in the part about plans."""
        passage = self.passages[numeral.passage]
        return any(of_plans(SENTENCE.split(one)[0] if one == passage.text else one) for one in passage.headings)

    def _aimed(self, numeral):
        text = self.passages[numeral.passage].text[max(0, numeral.start - 60) : numeral.start]
        return bool(AIM.search(re.split(r"[.;](?=\s)", text)[-1]))

    def _headings(self):
        """How alike the headings above a numeral are to the name of the slot's sector."""
        sectors = list(self.package.sectors)
        words = {sector: set(words_of(row["label_vi"])) for sector, row in self.package.sectors.items()}
        by_headings = {}
        for numeral in self.found:
            headings = self.passages[numeral.passage].headings
            if headings not in by_headings:
                by_headings[headings] = [_share(words[sector], headings) for sector in sectors]
        rows = np.array([by_headings[self.passages[numeral.passage].headings] for numeral in self.found])
        return rows.reshape(len(self.found), len(sectors))[
            :, [sectors.index(slot.row["sector"]) for slot in self.slots]
        ]

    def _sizes(self):
        """Whether the number is of the last one's order of magnitude; a half where there is no last number."""
        layer = np.full((len(self.found), len(self.slots)), 0.5)
        now = np.array([size(numeral.number) for numeral in self.found])
        for column, slot in enumerate(self.slots):
            before = size(slot.last["number"]) if slot.last else 0
            if before:
                ratio = np.abs(np.log(np.maximum(now, 1e-9) / before))
                layer[:, column] = np.where(ratio < 1.1, 1.0, np.where(ratio < 2.3, 0.5, 0.0))
        return layer

    def _no_totals(self):
        """1 for the total of an indicator of which the last report printed categories only."""
        printed = {slot.key for slot in self.slots if slot.last}
        parts = {indicator for indicator, category in printed if category}
        unusual = [slot.indicator in parts and not slot.category and slot.key not in printed for slot in self.slots]
        return np.broadcast_to(np.array(unusual, dtype=float), self.possible.shape)

    def _foreign(self):
        """Tell which numerals are plainly none of a slot's numbers: of another time or place, or no result."""
        known = {}
        for planned, numeral in zip(self.planned, self.found):
            kind = key(numeral, planned)
            if kind not in known:
                known[kind] = np.array([bool(misfits(numeral, slot, planned)) for slot in self.slots])
        rows = [known[key(numeral, planned)] for planned, numeral in zip(self.planned, self.found)]
        return np.array(rows, dtype=bool).reshape(len(self.found), len(self.slots))

    def _possible(self):
        layer = np.ones((len(self.found), len(self.slots)), dtype=bool)
        for row, numeral in enumerate(self.found):
            after = self.passages[numeral.passage].text[numeral.end : numeral.end + 60]
            layer[row] = [fits(numeral, slot.row) and not other_level(after, slot.row["unit"]) for slot in self.slots]
        return layer


@lru_cache(maxsize=4096)  # the same sentences are read again when a draft is
def _alike(text, phrases):
    return process.cdist([text], phrases, scorer=fuzz.partial_ratio, score_cutoff=50, dtype=np.float32)[0]


def _counted(after):
    """Return the terms behind a numeral up to the first sign or number; a currency is no thing that is counted."""
    return [one for one in unbroken(after, 8.0, apart=1.2, last=2.5) if one[0].split()[0] not in CURRENCY]


def _beside(before):
    """Return the terms before a numeral, back to the sign or number that parts them from it."""
    return [one for one in unbroken(before, 10.0, apart=4.0) if " " in one[0] or one[0] not in STOP]


def _profiles(slots):
    """Return the terms of each indicator, its categories included."""
    found = {}
    for slot in slots:
        found.setdefault(slot.indicator, set()).update(slot.profile)
    return [sorted(profile) for profile in found.values()]


def _share(words, headings):
    """Return how much of a sector's name stands in the headings; the innermost counts most."""
    best = 0.0
    for depth, heading in enumerate(reversed(headings)):
        found = words & set(words_of(heading))
        best = max(best, len(found) / len(words) * 0.7**depth)
    return best
