"""PDF OCR: pictures of pages made text by ocrmypdf, where it is installed and asked for.

Reads the bytes of a file and gives back those of the same file with a text layer. Pages that have one keep it.

    a scanned circular -> the same circular with words that can be read
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pries.base.parallel import die_with
from pries.reading.marks import Unreadable

PROGRAM = "ocrmypdf"
OPTIONS = ("--language", "fra", "--skip-text", "--output-type", "pdf", "--quiet")
INSTALL = "install ocrmypdf with its French language, or set ocr = false in reading.toml"
MORE = "raise max_seconds in reading.toml, or run ocrmypdf on the file yourself"


def recognised(data: bytes, seconds: float) -> bytes:
    """The file with a text layer. Raises Unreadable where ocrmypdf is missing, fails or takes longer."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Unreadable("it holds a scan, and ocrmypdf is not installed", INSTALL)
    with TemporaryDirectory() as folder:
        source, made = Path(folder, "source.pdf"), Path(folder, "made.pdf")
        source.write_bytes(data)
        try:
            done = subprocess.run(
                [program, *OPTIONS, str(source), str(made)],
                timeout=seconds,
                capture_output=True,
                check=False,
                preexec_fn=partial(die_with, os.getpid()),
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(f"text recognition takes longer than {seconds:g} seconds", MORE) from None
        if done.returncode or not made.exists():
            said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[-1] or "no reason given"
            raise Unreadable(f"text recognition failed: {said[:200]}", "run ocrmypdf on the file yourself")
        return made.read_bytes()
