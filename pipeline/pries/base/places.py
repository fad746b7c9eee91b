"""Places: where the package's own lexicons and settings stand."""

from pathlib import Path

HERE = Path(__file__).parent.parent
LEXICONS = HERE / "lexicons"
SETTINGS = HERE / "settings"
