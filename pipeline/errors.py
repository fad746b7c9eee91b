"""What can go wrong, said in one line: file, line, value, remedy."""

from __future__ import annotations

from dataclasses import dataclass

DONE, FAILED_STRICT, CANNOT_START, DONE_WITH_PROBLEMS = 0, 1, 2, 3


def printable(text: str) -> str:
    """A line as a terminal may show it: controls, which may move the cursor, and marks of direction as spaces."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


@dataclass
class InputError(Exception):
    """The run cannot start: the user has to change `file` first (exit code 2)."""

    file: str
    problem: str
    remedy: str
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return " ".join(printable(f"{place}: {self.problem}; {self.remedy}").split())
