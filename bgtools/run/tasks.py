"""What goes to a worker process and what comes back."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Task:
    """One notebook to execute for one period.

    Attributes
    ----------
    name : str
        The notebook's file name without ending.
    root, source, staging : pathlib.Path
        The project, the notebook, and the folder for everything that it makes.
    parameters : dict of str to str
        Injected; None executes the notebook with its own defaults and makes no injected cell.
    copy : str
        Where the executed copy will stand, relative to `root`.
    lang : {"vi", "en"}
        Of the pages; `speech` is the language of the messages.
    limit : float
        Seconds for the whole notebook.
    stage : int
        How much has to be imported before it starts (`STAGES` of :mod:`bgtools.run.fork`).
    weight : float
        Seconds that it is expected to take.
    """

    name: str
    root: Path
    source: Path
    staging: Path
    copy: str
    period: str
    parameters: dict | None
    lang: str
    speech: str
    limit: float
    stage: int
    weight: float

    @property
    def what(self):
        """str: how messages call it."""
        return f"{self.name} ({self.period})" if self.period else self.name


@dataclass
class Outcome:
    """What became of a task.

    Attributes
    ----------
    error : dict, optional
        ``cell`` (its id, or None), ``name`` and ``message``; None if it succeeded.
    figures : dict of str to str
        Path below the figures folder -> sha256.
    copy : str, optional
        sha256 of the executed copy; None if there is none.
    reads : list of dict
        What the notebook asked the data package for (:mod:`bgdata.package.reads`).
    """

    seconds: float = 0.0
    error: dict | None = None
    figures: dict = field(default_factory=dict)
    copy: str | None = None
    reads: list = field(default_factory=list)
