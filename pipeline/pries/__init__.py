"""Ont été priés: who asks whom to do what, how strongly, in French UN reports.

From sentence to figure, in the order of the modules:
corpus, segment, parse, actors, obligations, themes, clusters, tables, figures.
"""

import os
import sys

from pries.base import interrupt

__version__ = "0.1.0"

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own keeps what is freed: a third more at the peak

if sys.argv[:1] == ["-m"]:  # python -m pries… is looking for what to run: a command, no import of a library
    interrupt.at_once()
