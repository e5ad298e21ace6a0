"""A notebook that is opened and saved differs from what it was by what was changed in it, and by nothing else.

JupyterLab is in Vietnamese, and so are the errors in its notebooks, where the person has not chosen otherwise.
"""

import os

from bgtools.run.tidy import saved

get_config().FileContentsManager.pre_save_hook = saved  # noqa: F821
os.environ.setdefault("LC_MESSAGES", "vi_VN.UTF-8")
