"""Reading: from a file of the corpus folder to the texts in it, within the limits of reading.toml.

Nothing is read from outside the folder, whatever a link says. Standard library alone, until a reader is needed.

    corpus/A_68_370.txt -> one text, format txt, encoding utf-8
"""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from pries.base.places import real
from pries.reading import formats
from pries.reading.marks import Unreadable

CHANGED = "changed while the folder was being read", "run it again"


def inside(folder: Path, name: str) -> Path:
    """The path of a document. Raises Unreadable for a link that leads out of the corpus folder, and for no file.

    Raises OSError where there is nothing.
    """
    path = folder / name
    if "/" not in name and os.sep not in name and stat.S_ISREG(path.lstat().st_mode):  # nearly always
        return path
    if not real(path).is_relative_to(_resolved(folder)):
        raise Unreadable("a symbolic link that leads out of the corpus folder", "copy the file into the folder")
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise Unreadable("a link to a folder, which is not followed", "move the folder itself into the corpus folder")
    if not stat.S_ISREG(mode):
        raise Unreadable("no file that can be read (a pipe, socket or device)", "take it out of the folder")
    return path


@lru_cache(1)  # the same for every document
def _resolved(folder: Path) -> Path:
    return real(folder)


def texts(folder: Path, name: str, limits: formats.Limits, sha256: str = "") -> list[formats.Text]:
    """The texts of the file `name` below `folder`; `sha256`: what its hash was when the folder was listed.

    Raises Unreadable with what is wrong and what to do about it.
    """
    try:
        with inside(folder, name).open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > limits.max_megabytes * 10**6:
                problem = f"larger than {limits.max_megabytes:,} megabytes"
                raise Unreadable(problem, f"split the file, or raise max_megabytes in {limits.FILE}")
            data = file.readall()
    except OSError as error:
        if "\\x" in name:
            raise Unreadable("its file name is not UTF-8", "rename the file") from None
        raise Unreadable(error.strerror or str(error), "let it be read, or take it out of the folder") from None
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise Unreadable(*CHANGED)
    return formats.texts(data, limits)
