"""Put what a notebook made in place, and write its entry in `run.json`."""

import os
import shutil


def settle(place, entries, step, task, outcome, snapshot, say):
    """Put a notebook's results in place and write its entry among the others."""
    before = step.entry.get("outputs", {})
    figures = {f"figures/{name}": sha for name, sha in outcome.figures.items()}
    if not outcome.error:
        outcome.error = _taken(figures, task.name, entries, say)
    outputs = before if outcome.error else figures
    try:
        if not outcome.error:
            for name in figures:
                _move(task.staging / name, place.root / name)
        if outcome.copy:
            _move(task.staging / "copy.ipynb", place.root / task.copy)
            outputs = {**outputs, task.copy: outcome.copy}
        for name in set(before) - set(outputs):
            (place.root / name).unlink(missing_ok=True)
    except OSError as error:
        outcome.error = {
            "cell": None,
            "name": type(error).__name__,
            "message": say("cannot_write", path=error.filename2 or error.filename, why=error.strerror),
        }
    entries[task.name] = {
        "status": "failed" if outcome.error else "done",
        "error": outcome.error,
        "seconds": outcome.seconds,
        "parameters": task.parameters,
        "outputs": outputs,
        **step.sources,
        "reads": snapshot.reads(outcome.reads),
    }
    place.write(entries)
    shutil.rmtree(task.staging, ignore_errors=True)


def _taken(figures, name, entries, say):
    """Return the error of a notebook that makes a figure which another makes already; None if it does not."""
    for other, entry in entries.items():
        for path in figures:
            if other != name and path in entry["outputs"]:
                return {"cell": None, "name": "RunError", "message": say("figure_taken", path=path, other=other)}
    return None


def _move(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def forget_absent(place, names):
    """Drop entries and outputs of notebooks that are no longer there."""
    entries = place.entries()
    for name in set(entries) - names:
        for path in entries.pop(name)["outputs"]:
            (place.root / path).unlink(missing_ok=True)
        place.write(entries)
