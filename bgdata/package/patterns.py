"""Tell which regular expressions could take too long, for a descriptor may bring any.

A repetition within an endless one is refused where what may follow it on the way round can begin with a letter that it
can begin with itself: the same text could then be cut in many ways, and each would be tried. Where time grows with the
square of a text, or a higher power, texts have a longest length.
"""

from collections import Counter
from functools import cache
from re import _compiler, _parser

LETTERS = [chr(code) for code in (*range(9, 0x180), *range(0x1E9E, 0x1EFA), 0x2013, 0x2212, 0x2026, 0x20AB)]
ENDLESS = 9  # more turns than this
BUSY = 1e8  # places that may be tried, a few seconds
REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT)
LETTER = (_parser.LITERAL, _parser.NOT_LITERAL, _parser.IN, _parser.ANY, _parser.CATEGORY)
NOTHING = (_parser.AT, _parser.ASSERT, _parser.ASSERT_NOT, _parser.GROUPREF, _parser.GROUPREF_EXISTS)


def hazards(pattern: str, flags: int = 0) -> list[str]:
    """Return the letters at which a pattern could be tried in many ways, place by place; nothing where it is safe.

    Examples
    --------
    >>> hazards("(a+)+"), hazards(r"(?:[0-9]+[.,]?)+"), hazards(r"[0-9]+(?:[.][0-9]+)*")
    (['a'], ['0123456789'], [])
    """
    tree = _parser.parse(pattern, flags)
    return list(_hazards(tree.data, None, tree.state))


@cache
def reach(pattern: str, flags: int = 0) -> float:
    """Return how long a text may be that a pattern is held against.

    Each endless repetition that can read a letter may end anywhere in a text of that letter.

    Examples
    --------
    >>> reach("[0-9]+[a-z]*") == BUSY, reach(".*a.*"), reach(".*a.*b.*")
    (True, 10000, 464)
    """
    tree = _parser.parse(pattern, flags)
    turns = Counter(letter for letters in _endless(tree.data, tree.state) for letter in letters)
    unknown = turns.pop("", 0)
    return int(BUSY ** (1 / max(1, unknown + max(turns.values(), default=0))))


def _endless(nodes, state):
    """Yield the letters that each endless repetition can read; an empty text where none of those is known here."""
    for kind, value in nodes:
        if kind in REPEATS and value[1] > ENDLESS:
            yield _read(value[2], state) or {""}
        elif kind is _parser.GROUPREF:  # what stood there may have any length
            yield {""}
        for body in _bodies(kind, value):
            yield from _endless(body, state)


def _read(nodes, state):
    """Return the letters that stand in nodes, however deep."""
    inner = [_read(body, state) for kind, value in nodes for body in _bodies(kind, value)]
    return set().union(*inner, *(_letters(node, state) for node in nodes))


def _bodies(kind, value):
    """Return the nodes within a node."""
    if kind is _parser.BRANCH:
        return value[1]
    if kind is _parser.ATOMIC_GROUP:
        return [value]
    return [value[-1]] if isinstance(value, tuple) and isinstance(value[-1], _parser.SubPattern) else []


def _hazards(nodes, after, state):
    """Yield the hazards of nodes; `after` is what may follow them within an endless repetition, None outside of one."""
    for place, (kind, value) in enumerate(nodes):
        following = None if after is None else _first(nodes[place + 1 :], state, after)
        if kind in REPEATS and (after is not None or not _is_letter(value[2])):
            least, most, body = value
            begins = _first(body, state)
            many = most > max(1, least) and (most > ENDLESS or _is_letter(body))
            if following and many and (shared := begins & following):
                yield "".join(sorted(shared))
            yield from _hazards(body, begins | (following or set()) if most > ENDLESS else following, state)
        elif kind is _parser.BRANCH:
            for count, branch in enumerate(value[1]):
                yield from _hazards(branch, following, state)
                if following is not None and any(_same(branch, other, state) for other in value[1][:count]):
                    yield "".join(sorted(_first(branch, state)))
        elif kind is _parser.SUBPATTERN:
            yield from _hazards(value[-1], following, state)


def _is_letter(nodes):
    """Say whether nodes are one letter, be it in brackets."""
    return len(nodes) == 1 and (
        nodes[0][0] in LETTER or nodes[0][0] is _parser.SUBPATTERN and _is_letter(nodes[0][1][-1])
    )


def _same(one, other, state):
    """Say whether two alternatives, letter by letter, can be the same text."""
    pairs = [(_letters(a, state), _letters(b, state)) for a, b in zip(one, other)]
    return len(one) == len(other) and all(a & b for a, b in pairs)


def _first(nodes, state, after=frozenset()):
    """Return the letters that nodes can begin with, and `after` where they can be empty."""
    found = set()
    for node in nodes:
        begins, empty = _begin(node, state)
        found |= begins
        if not empty:
            return found
    return found | after


def _begin(node, state):
    """Return the letters that a node can begin with, and whether it can be empty."""
    kind, value = node
    if kind in LETTER:
        return _letters(node, state), False
    if kind in NOTHING:
        return set(), True
    bodies = value[1] if kind is _parser.BRANCH else [value if kind is _parser.ATOMIC_GROUP else value[-1]]
    begins = [_first(body, state, {""}) for body in bodies]
    empty = any("" in one for one in begins) or kind not in (_parser.BRANCH, _parser.SUBPATTERN) and value[0] == 0
    return set().union(*begins) - {""}, empty


def _letters(node, state):
    """Return the letters that a node can be where it is one letter; else nothing."""
    if node[0] not in LETTER:
        return set()
    matches = _compiler.compile(_parser.SubPattern(state, [node]), state.flags).match
    return {letter for letter in LETTERS if matches(letter)}
