"""Results in a store that others see: objects named by what they hold, and `run.json` as the commit."""

from bgtools.run.store.mirror import fetched, mirrored

__all__ = ["fetched", "mirrored"]
