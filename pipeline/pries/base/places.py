"""Places: where the package's own lexicons and settings stand, and where a path leads."""

import os
from argparse import ArgumentParser
from pathlib import Path

HERE = Path(__file__).parent.parent
LEXICONS = HERE / "lexicons"
SETTINGS = HERE / "settings"


def real(path: Path) -> Path:
    """Where a path leads; one of links that lead to each other leads to itself (`Path.resolve` would raise)."""
    return Path(os.path.realpath(path))


def add_folders(parser: ArgumentParser) -> None:
    """The options that say where lexicons and settings stand."""
    parser.add_argument("--lexicons", type=Path, default=LEXICONS, metavar="DIR", help="in: lexicons of your own")
    parser.add_argument("--settings", type=Path, default=SETTINGS, metavar="DIR", help="in: settings of your own")
