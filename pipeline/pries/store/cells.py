"""Cells: the cells of tables that hold several values.

"gouvernements; employeurs" -> gouvernements, employeurs
"""

from __future__ import annotations


def several(cell: str) -> list[str]:
    """The values of a cell that holds several: "gouvernements; employeurs" -> gouvernements, employeurs."""
    return [" ".join(value.split()) for value in cell.split(";") if value.strip()]


def distinct(cell: str) -> list[str]:
    """The different values of a cell, in order; [''] where there is none: "a; b; a" -> a, b."""
    return list(dict.fromkeys(several(cell))) or [""]
