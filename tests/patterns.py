"""Which regular expressions can take exponential time: a repetition within a repetition that can share its letters.

A repetition R within an endless one is refused where what may follow R, on the way round, can begin with a letter that
R itself can begin with: then the same text can be cut in many ways, and each is tried. Whatever cannot be tried again
(possessive, atomic) is left out.
"""

import ast
import re
from re import _compiler, _parser

LETTERS = [chr(code) for code in (*range(9, 0x180), *range(0x1E9E, 0x1EFA), 0x2013, 0x2212, 0x2026, 0x20AB)]
MANY = 4  # more turns than this count as endless
REPEATS = {_parser.MAX_REPEAT, _parser.MIN_REPEAT}
CLOSED = {_parser.POSSESSIVE_REPEAT, _parser.ATOMIC_GROUP}
NOTHING = {_parser.AT, _parser.ASSERT, _parser.ASSERT_NOT}
FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}


def hazards(pattern, flags=0):
    """Return the parts of a pattern that could take exponential time; empty where it is safe."""
    tree = _parser.parse(pattern, flags)
    walk = _Walk(tree.state)
    walk.sequence(tree.data, frozenset(), endless=False)
    return walk.found


class _Walk:
    def __init__(self, state):
        self.state, self.found = state, []

    def sequence(self, nodes, after, endless):
        """Look at nodes in order; `after` is what may follow the last one within the loop around it."""
        for place, node in enumerate(nodes):
            self.node(node, self.first(nodes[place + 1 :], after), endless)

    def node(self, node, after, endless):
        kind, value = node
        if kind in REPEATS:
            least, most, body = value
            begins = self.first(body.data, frozenset())
            if endless and most > least and most > 1 and begins & after:
                self.found.append(f"{kind} of {begins_with(begins & after)}")
            around = begins | after if most > MANY else after
            self.sequence(body.data, around, endless or most > MANY)
        elif kind is _parser.BRANCH:
            if endless:
                self.alike(value[1])
            for branch in value[1]:
                self.sequence(branch.data, after, endless)
        elif kind is _parser.SUBPATTERN:
            self.sequence(value[-1].data, after, endless)

    def alike(self, branches):
        """Two alternatives that can be the same text."""
        fixed = [[self.letters(node) for node in branch.data] for branch in branches]
        fixed = [one for one in fixed if all(one)]
        for place, one in enumerate(fixed):
            for other in fixed[:place]:
                if len(one) == len(other) and all(a & b for a, b in zip(one, other)):
                    self.found.append("alternatives that can be the same")

    def first(self, nodes, after):
        """The letters that nodes can begin with, and `after` where they can be empty."""
        found = frozenset()
        for kind, value in nodes:
            begins, empty = self.begin(kind, value)
            found |= begins
            if not empty:
                return found
        return found | after

    def begin(self, kind, value):
        if kind in NOTHING:
            return frozenset(), True
        if kind in REPEATS or kind is _parser.POSSESSIVE_REPEAT:
            return self.first(value[2].data, frozenset()), value[0] == 0 or self.empty(value[2].data)
        if kind is _parser.BRANCH:
            all_of = [self.first(branch.data, frozenset()) for branch in value[1]]
            return frozenset().union(*all_of), any(self.empty(branch.data) for branch in value[1])
        if kind in (_parser.SUBPATTERN, _parser.ATOMIC_GROUP):
            inner = value[-1] if kind is _parser.SUBPATTERN else value
            return self.first(inner.data, frozenset()), self.empty(inner.data)
        if kind in (_parser.GROUPREF, _parser.GROUPREF_EXISTS):
            return frozenset(LETTERS), True
        return self.letters((kind, value)), False

    def empty(self, nodes):
        return all(self.begin(kind, value)[1] for kind, value in nodes)

    def letters(self, node):
        """The letters that one node can be; nothing where it is not one letter."""
        if node[0] not in (_parser.LITERAL, _parser.NOT_LITERAL, _parser.IN, _parser.ANY):
            return frozenset()
        return _letters(repr(node), self.state.flags, lambda: _parser.SubPattern(self.state, [node]))


_known = {}


def _letters(text, flags, make):
    if (text, flags) not in _known:
        compiled = _compiler.compile(make(), flags)
        _known[text, flags] = frozenset(letter for letter in LETTERS if compiled.match(letter))
    return _known[text, flags]


def begins_with(letters):
    return "".join(sorted(letters))[:20]


def written(source, namespace):
    """The patterns in a module's source: (line, pattern, flags), with None for one that only a run could tell."""
    tree = ast.parse(source)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = call.func
        if not (isinstance(function, ast.Attribute) and function.attr in FUNCTIONS):
            continue
        if not (isinstance(function.value, ast.Name) and function.value.id == "re" and call.args):
            continue
        yield call.lineno, evaluated(call.args[0], namespace), ast.unparse(call.args[0])


def evaluated(node, namespace):
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(namespace))
    except NameError:
        return None


def held(value, depth=0):
    """The compiled patterns that a module's value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for one in value.values():
            yield from held(one, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 3:
        for one in value:
            yield from held(one, depth + 1)
