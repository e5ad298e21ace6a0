"""A project's results here and in a store: fetched before a run, published as each notebook ends.

In the store, `objects/` holds what notebooks made, named by its sha256, and `build/PERIOD/run.json`, of an area below its
folder, says what belongs to what. Objects go first; `run.json` is the commit, refused where another driver made one in
between. So whoever reads it finds all that it names.
"""

import hashlib
from contextlib import contextmanager

from bgdata.errors import RunError
from bgdata.files import write_all
from bgdata.package import Package, home_of, workspace
from bgtools.run.results import Place, digest, read_entries
from bgtools.run.store.shelf import Taken, opened


class Mirror:
    """The results of some places, here and in a store.

    Parameters
    ----------
    store : Shelf or Bucket
    """

    def __init__(self, store):
        self.store, self.there = store, set()
        self.versions, self.contents = {}, {}

    def fetch(self, place):
        """Bring what the store has of a place here, whole or not at all; what the store has not stays as it is.

        Raises
        ------
        RunError
            The store cannot be read, or an object is missing or damaged.
        """
        content, self.versions[place] = self.store.seen(_name(place))
        self.contents[place] = content
        if content is None:
            return
        entries = read_entries(content)
        outputs = {name: sha for entry in entries.values() for name, sha in entry.outputs.items()}
        self.there |= set(outputs.values())
        lacking = {name: sha for name, sha in outputs.items() if not _is_here(place.root / name, sha)}
        objects = self.store.read([_object(sha) for sha in set(lacking.values())])
        for name, sha in lacking.items():
            if hashlib.sha256(objects.get(_object(sha), b"?")).hexdigest() != sha:
                raise RunError("The store {url} has lost or damaged {name}.", url=self.store.url, name=name)
        write_all({**{place.root / name: objects[_object(sha)] for name, sha in lacking.items()}, place.file: content})

    def publish(self, place):
        """Put what is new here into the store, and then its `run.json`.

        Raises
        ------
        RunError
            The store cannot be written, or another driver wrote to it.
        """
        entries = place.entries()
        outputs = {sha: place.root / name for entry in entries.values() for name, sha in entry.outputs.items()}
        new = {sha: path.read_bytes() for sha, path in outputs.items() if sha not in self.there and _is_here(path, sha)}
        self.store.put({_object(sha): content for sha, content in new.items()})
        self.there |= set(new)
        for entry in entries.values():  # what a person has changed since is nobody's result; stamps are this machine's
            entry.outputs = {name: sha for name, sha in entry.outputs.items() if sha in self.there}
            entry.stamps = {}
        content = place.text(entries).encode("utf-8")
        if content == self.contents[place]:
            return
        try:
            self.versions[place] = self.store.commit(_name(place), content, self.versions[place])
            self.contents[place] = content
        except Taken:
            raise RunError(
                "Another run has written to {url} meanwhile. What was there stays; run again.", url=self.store.url
            ) from None


@contextmanager
def mirrored(url, places):
    """Fetch what a store has of places; yield the function that publishes one of them. One driver at a time.

    Parameters
    ----------
    url : str
        ``s3://BUCKET/PREFIX`` or a folder.
    places : list of bgtools.run.results.Place

    Raises
    ------
    UnknownName, RunError
        There is no such store, it cannot be used, or another driver is at work on it.
    """
    store = opened(url)
    with store.held():
        mirror = Mirror(store)
        for place in places:
            mirror.fetch(place)
        yield mirror.publish


def fetched(url, root, periods, lang, areas=()):
    """Bring the results of periods here from a store, to look at; all that the data package has if none is named.

    In a workspace those of the areas, and of the workspace itself if all of them are asked for.
    """
    package, mirror = Package.open(root), Mirror(opened(url))
    codes = [period.code for period in map(package.period, periods or package.periods)]
    whole = [package] if isinstance(package, workspace.Workspace) and set(areas) <= {"all"} else []
    for one in (*workspace.asked(package, areas), *whole):
        for code in filter(one.has, codes):
            mirror.fetch(Place(one.root, code, lang, one.area))


def _name(place):
    return place.file.relative_to(home_of(place.root)).as_posix()


def _object(sha):
    return f"objects/{sha[:2]}/{sha}"


def _is_here(path, sha):
    return path.is_file() and digest(path) == sha
