"""Layers: the lexicons and settings of a corpus, which lie over those of the program.

corpus/lexicons/actors.csv lies over lexicons/actors.csv, row by row; corpus/settings/figures.toml key by key
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS, real

NAMES = ("lexicons", "settings")  # of the folders, in a corpus as in the package
KINDS = (".csv", ".toml")
CODE_BOOK = "themes"  # begins the name of one, and a corpus may have its own
MOST_BYTES = 20 * 10**6


@dataclass(frozen=True)
class Layered:
    """A folder of lexicons or settings, and that of a corpus, whose rows or keys lie over it."""

    under: Path
    over: Path


Folder = Path | Layered


def layers(folder: Folder) -> tuple[Path, ...]:
    """The folders that lie over each other, the lowest first; one where nothing lies over it."""
    return (folder.under, folder.over) if isinstance(folder, Layered) else (folder,)


def paths(folder: Folder, pattern: str) -> list[Path]:
    """The files of all layers that fit a pattern, sorted by name, the lowest layer first."""
    return sorted((path for layer in layers(folder) for path in layer.glob(pattern)), key=lambda path: path.name)


def laid_over(corpus: Path, lexicons: Path = LEXICONS, settings: Path = SETTINGS) -> tuple[Folder, Folder]:
    """Two folders, with the lexicons and settings of a corpus over them, where it has any.

    Raises InputError for what is none of them, for a link that leads out of the corpus, and for what is too large.
    """
    return _own(corpus, NAMES[0], lexicons), _own(corpus, NAMES[1], settings)


def _own(corpus: Path, name: str, under: Path) -> Folder:
    over = corpus / name
    if not over.is_dir() or real(over) == real(under):  # --lexicons corpus/lexicons: the whole folder
        return under
    names = sorted(path.name for path in under.glob("*") if path.suffix in KINDS)
    for path in sorted(over.glob("[!.]*")):
        code_book = name == NAMES[0] and path.name.startswith(CODE_BOOK) and path.suffix == KINDS[0]
        if path.name not in names and not code_book:
            raise InputError(str(path), f"no such file among the {name}", f"use one of {', '.join(names)}")
        if not real(path).is_relative_to(real(corpus)):
            problem, remedy = "a symbolic link that leads out of the corpus folder", "copy the file into the folder"
            raise InputError(str(path), problem, remedy)
        if not path.is_file():
            raise InputError(str(path), "no file that can be read", "put a file in its place, or take it out")
        if path.stat().st_size > MOST_BYTES:
            problem = f"larger than {MOST_BYTES // 10**6} megabytes"
            raise InputError(str(path), problem, "take out what is no row of yours")
    return Layered(under, over)


def add_folders(parser: ArgumentParser, corpus: bool = False) -> None:
    """The options that say where lexicons and settings stand; `corpus`: also whose own lie over them."""
    if corpus:
        parser.add_argument("--corpus", type=Path, metavar="DIR", help="in: its lexicons/ and settings/ lie over these")
    parser.add_argument("--lexicons", type=Path, default=LEXICONS, metavar="DIR", help="in: lexicons of your own")
    parser.add_argument("--settings", type=Path, default=SETTINGS, metavar="DIR", help="in: settings of your own")


def folders_of(options: Namespace) -> tuple[Folder, Folder]:
    """The lexicons and settings that a command was given, those of its corpus over them."""
    if options.corpus is None:
        return options.lexicons, options.settings
    return laid_over(options.corpus, options.lexicons, options.settings)
