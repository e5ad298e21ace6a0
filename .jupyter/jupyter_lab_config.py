"""A notebook that is opened and saved differs from what it was by what was changed in it, and by nothing else."""

from bgtools.run.tidy import saved

get_config().FileContentsManager.pre_save_hook = saved  # noqa: F821
