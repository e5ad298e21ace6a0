"""Tables that are drawn with rules: which letters stand in which cell, and which cells are merged."""

from bisect import bisect_left, bisect_right

from bgtools.read.document.grid import Box

NEAR = 2.5  # points within which two rules meet
THIN = 2.5  # points that a rule may be thick
OPEN = 6  # points by which upright rules stand out beyond the last rule of a table that goes on overleaf
MOST_RULES, MOST_CELLS = 4000, 20_000


def ruled(glyphs, rules):
    """Sort letters into the cells of the tables that rules draw.

    Parameters
    ----------
    glyphs : list of bgtools.read.document.forms.glyphs.Glyph
    rules : list of (float, float, float, float)
        Left, bottom, right, top.

    Returns
    -------
    tables : list of (float, tuple, list of list of Box)
        Top, places of the columns, and the grid; the text of each box is a list of its letters.
    rest : list of Glyph
    """
    flat = [rule for rule in rules if rule[3] - rule[1] <= THIN < rule[2] - rule[0]]
    upright = [rule for rule in rules if rule[2] - rule[0] <= THIN < rule[3] - rule[1]]
    if not flat or not upright or len(rules) > MOST_RULES:
        return [], glyphs
    tables, rest = [], glyphs
    for level, standing in _components(flat, upright):
        table, rest = _table(level, standing, rest)
        tables += [table] if table else []
    return tables, rest


def _components(flat, upright):
    """Return groups of rules that meet: those that lie, and those that stand."""
    parent = list(range(len(flat) + len(upright)))

    def root(one):
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    order = sorted(range(len(flat)), key=lambda one: flat[one][1])
    heights = [flat[one][1] for one in order]
    for other, (left, bottom, right, top) in enumerate(upright, start=len(flat)):
        for one in order[bisect_left(heights, bottom - NEAR) : bisect_right(heights, top + NEAR)]:
            if flat[one][0] - NEAR <= right and left <= flat[one][2] + NEAR:
                parent[root(one)] = root(other)
    groups = {}
    for one in range(len(parent)):
        lying, standing = groups.setdefault(root(one), ([], []))
        (lying if one < len(flat) else standing).append(flat[one] if one < len(flat) else upright[one - len(flat)])
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _merged(places):
    """Return places on a scale, those that are nearly the same as one."""
    found = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _table(lying, standing, glyphs):
    xs = _merged((left + right) / 2 for left, _, right, _ in standing)
    ys = _merged((bottom + top) / 2 for _, bottom, _, top in lying)[::-1]
    ys = _to_the_edges(ys, standing)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows > MOST_CELLS or columns * rows < 2:
        return None, glyphs
    walls = _walls(standing, xs, ys, upright=True)
    floors = _walls(lying, xs, ys, upright=False)
    cells, grid = _cells(columns, rows, walls, floors)
    downwards, rest = [-y for y in ys], []
    for glyph in glyphs:
        column = bisect_right(xs, (glyph.left + glyph.right) / 2) - 1
        middle = (glyph.low + glyph.high) / 2 if glyph.angle else glyph.y + 0.25 * glyph.size
        row = bisect_right(downwards, -middle) - 1
        if 0 <= column < columns and 0 <= row < rows:
            cells[row][column].text.append(glyph)
        else:
            rest.append(glyph)
    return (ys[0], tuple(round(x) for x in xs), grid), rest


def _to_the_edges(ys, standing):
    """Return the heights of a table's rules and where it ends without one: the end of the page cut it there."""
    tops, bottoms = ([rule[place] for rule in standing] for place in (3, 1))
    above, below = max(tops), min(bottoms)
    head = [above] if above - ys[0] > OPEN and sum(above - one < NEAR for one in tops) > 1 else []
    foot = [below] if ys[-1] - below > OPEN and sum(one - below < NEAR for one in bottoms) > 1 else []
    return [*head, *ys, *foot]


def _walls(rules, xs, ys, upright):
    """Return the set of (row, column) at whose left side, or upper side, a rule is drawn."""
    found = set()
    for left, bottom, right, top in rules:
        if upright:
            column = _nearest(xs, (left + right) / 2)
            spans = range(len(ys) - 1)
            found |= {(row, column) for row in spans if bottom - NEAR <= ys[row + 1] and ys[row] <= top + NEAR}
        else:
            row = _nearest([-y for y in ys], -(bottom + top) / 2)
            spans = range(len(xs) - 1)
            found |= {(row, column) for column in spans if left - NEAR <= xs[column] and xs[column + 1] <= right + NEAR}
    return found


def _nearest(scale, place):
    return min(range(len(scale)), key=lambda one: abs(scale[one] - place))


def _cells(columns, rows, walls, floors):
    """Return the box of each place, and the grid; a place that no rule parts from the last one belongs to its box."""
    cells, grid = [], []
    for row in range(rows):
        line, shown = [], []
        for column in range(columns):
            above = cells[row - 1][column] if row else None
            before = line[column - 1] if column else None
            if above is not None and (row, column) not in floors:
                box = above
            elif before is not None and (row, column) not in walls and before.row == row:
                box = before
                box.width = column - box.column + 1
            else:
                box = Box([], column, 1, row)
            line.append(box)
            if box not in shown[-1:]:
                shown.append(box)
        cells.append(line)
        grid.append(shown)
    return cells, grid
