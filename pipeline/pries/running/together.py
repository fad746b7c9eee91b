"""Several stages in one process: start-up is paid once, and what one makes the next has in memory.

Reads and writes WORK/TABLE.parquet; the same tables as the stages one by one.

    python -m pries.running.together pries.content.themes pries.content.clusters --work outputs/.work
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pries.base import console
from pries.running import command
from pries.store.batches import Table


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stages in the order in which they are named."""
    parser = argparse.ArgumentParser(
        prog="python -m pries.running.together",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stages", nargs="+", metavar="pipeline.STAGE")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="in and out: TABLE.parquet")
    command.add_folders(parser)
    options = parser.parse_args(argv)
    modules = [importlib.import_module(name) for name in options.stages]
    with console.one_line() as guard:
        frames: dict[str, Table] = {}
        shared: dict[str, Any] = {}
        for module in modules:
            command.read_missing(module, frames, options.work)
            places = command.in_work(module, options.work)
            frames |= command.execute(module, frames, places, options.lexicons, options.settings, shared)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
