"""Notebooks: run them in place, and keep what they show without anything that varies from run to run.

Reads the notebooks that it is given (and, through their cells, outputs/); writes them back with their
outputs. Same tables, same bytes: no timings, no versions of the kernel, no stray metadata, one output for
each stream however it arrived.

    tools/run_notebooks.py notebooks/01_who_is_asked_what.ipynb
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from pries.base import console, errors, interrupt
from pries.store import files

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
SECONDS_A_CELL = 120


def load(path: Path) -> nbformat.NotebookNode:
    """Read one notebook.

    Raises InputError for a missing file or one that is no notebook.
    """
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except FileNotFoundError:
        raise errors.InputError(str(path), "no such notebook", "name an .ipynb file") from None
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError):
        raise errors.InputError(str(path), "not a notebook", "name an .ipynb file") from None


def execute(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook's cells in `folder`, in a kernel of their own, and drop what varies.

    A researcher's IPython profile stays out of it. Raises CellExecutionError at the first cell that fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        # The kernel speaks through sockets in the scratch folder: no open port for one process.
        kernel = AsyncKernelManager(kernel_name=KERNEL["name"], transport="ipc", ip=f"{scratch}/kernel")
        client = NotebookClient(
            notebook,
            km=kernel,
            timeout=SECONDS_A_CELL,
            resources={"metadata": {"path": str(folder)}},
            record_timing=False,
            coalesce_streams=True,
        )
        client.execute(cleanup_kc=True, env=os.environ | {"IPYTHONDIR": scratch})
    return without_variation(notebook)


def without_variation(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with fixed cell ids and no metadata but the kernel's name (pictures keep their size)."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{number:02}", {}
    return nbformat.from_dict(notebook)


def dump(notebook: nbformat.NotebookNode) -> str:
    """A notebook's JSON, keys sorted, as it stands in the repository."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def failing_cell(notebook: nbformat.NotebookNode) -> int:
    """The number, from 1, of the cell that holds an error; 0 where none does."""
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            return number
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run each notebook in place; a cell that fails is told in one line and leaves its notebook as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    failed = False
    interrupt.as_exception()
    with console.one_line() as guard:
        for path in parser.parse_args(argv).notebooks:
            notebook, begun = load(path), time.perf_counter()
            try:
                files.write_text(path, dump(execute(notebook, path.resolve().parent)))
            except CellExecutionError as error:
                where = f"{path}, cell {failing_cell(notebook)}"
                print(f"{where}: {error.ename}: {error.evalue}".replace("\n", " "), file=sys.stderr)
                failed = True
                continue
            console.say("notebooks", f"{path.name}: {len(notebook.cells)} cells", time.perf_counter() - begun)
    return guard.code or int(failed)


if __name__ == "__main__":
    sys.exit(main())
