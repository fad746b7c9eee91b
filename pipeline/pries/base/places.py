"""Places: where the package's own lexicons and settings stand, and where a path leads."""

import os
from pathlib import Path

HERE = Path(__file__).parent.parent
LEXICONS = HERE / "lexicons"
SETTINGS = HERE / "settings"


def real(path: Path) -> Path:
    """Where a path leads; one of links that lead to each other leads to itself (`Path.resolve` would raise)."""
    return Path(os.path.realpath(path))
