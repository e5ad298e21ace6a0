"""Put a measured table where the README shows it: between `<!-- NAME -->` and `<!-- /NAME -->`."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def shown(name, table):
    """Replace what the README shows of a table, and its file of that name beside this one.

    Raises
    ------
    ValueError
        The README has no place for it.
    """
    (HERE / f"{name}.md").write_text(table + "\n", encoding="utf-8")
    readme = HERE.parent / "README.md"
    before, opening, rest = readme.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, closing, after = rest.partition(f"<!-- /{name} -->")
    if not closing:
        raise ValueError(f"{readme} has no place between <!-- {name} --> and <!-- /{name} -->")
    readme.write_text(f"{before}{opening}{table}\n{closing}{after}", encoding="utf-8")
