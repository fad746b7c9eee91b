"""Places: where the package's own lexicons and settings stand."""

from argparse import ArgumentParser
from pathlib import Path

HERE = Path(__file__).parent.parent
LEXICONS = HERE / "lexicons"
SETTINGS = HERE / "settings"


def add_folders(parser: ArgumentParser) -> None:
    """The options that say where lexicons and settings stand."""
    parser.add_argument("--lexicons", type=Path, default=LEXICONS, metavar="DIR", help="in: lexicons of your own")
    parser.add_argument("--settings", type=Path, default=SETTINGS, metavar="DIR", help="in: settings of your own")
