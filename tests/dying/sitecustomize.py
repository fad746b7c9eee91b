"""For tests alone: a run with this folder on PYTHONPATH is killed, with all its processes, at its DIES_AT-th rename.

Renames of all processes of the run are counted in the file RENAMES, so that a run can die between two files of a group.
"""

import os
import signal
from pathlib import Path

if "RENAMES" in os.environ:
    rename = os.replace

    def replace(*words, **more) -> None:
        rename(*words, **more)
        with Path(os.environ["RENAMES"]).open("ab") as count:
            count.write(b".")
            count.flush()
            if count.tell() >= int(os.environ["DIES_AT"]):
                os.killpg(0, signal.SIGKILL)

    os.replace = replace
