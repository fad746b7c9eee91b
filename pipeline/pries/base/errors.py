"""What can go wrong, said in one line: file, line, value, remedy."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

DONE, FAILED_STRICT, CANNOT_START, DONE_WITH_PROBLEMS = 0, 1, 2, 3
STOPPED_HALF_WAY, INTERRUPTED = 1, 130

MOST_SHOWN, LONGEST_PART = 80, 1_000  # characters of a name, and of each part of a line, that are told

FREE = "free space there and run again"
RIGHTS = "give yourself the right to write there, or name another folder"
AWAY = "move away what stands there, or name another folder"
REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FREE),
    **dict.fromkeys((errno.EACCES, errno.EPERM), RIGHTS),
    **dict.fromkeys((errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP), AWAY),
    errno.EROFS: "make the file system writable, or name another folder",
    errno.ENAMETOOLONG: "name a folder with a shorter path",
}


def printable(text: str) -> str:
    """A line as a terminal may show it: controls, which may move the cursor, and marks of direction as spaces."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """What is quoted in a line of ours: a value of 100,000 characters by its beginning and end."""
    return text if len(text) <= most else f"{text[: most * 2 // 3]} […] {text[-most // 4 :]}"


@dataclass
class InputError(Exception):
    """The run cannot start: the user has to change `file` first (exit code 2)."""

    file: str
    problem: str
    remedy: str
    line: int = 0

    @classmethod
    def unread(cls, file: Path | str, error: OSError) -> InputError:
        """A file of the program that the system does not let us read: a folder of its name, somebody else's file."""
        return cls(str(file), f"cannot be read ({error.strerror})", "put a file back that you may read")

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        said = (shortened(part, LONGEST_PART) for part in (place, self.problem, self.remedy))
        return " ".join(printable("{}: {}; {}".format(*said)).split())


def decoded(file: Path, data: bytes) -> str:
    """The text of a lexicon or of settings. Raises InputError with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8 (byte {error.start}: {data[error.start : error.start + 1]!r})"
        raise InputError(str(file), problem, "save the file as UTF-8", line) from None


@dataclass
class TooMuch(Exception):
    """A document costs a stage more than a setting allows: it is left out and named, and the others are made."""

    doc_id: str
    problem: str
    remedy: str


class WriteError(OSError):
    """The system refused to write `file` (exit code 1 where others have been written before, else 2)."""

    def __init__(self, file: Path | str, problem: str, remedy: str, half_way: bool) -> None:
        super().__init__(" ".join(printable(f"{file}: {problem}; {remedy}").split()))
        self.said = str(file), problem, remedy, half_way
        self.code = STOPPED_HALF_WAY if half_way else CANNOT_START

    def __reduce__(self) -> tuple[type[WriteError], tuple[str, str, str, bool]]:
        return WriteError, self.said  # as one process tells it to another

    @classmethod
    def of(cls, file: Path | str, error: OSError, half_way: bool) -> WriteError:
        """What the system said of `file`, and what to do."""
        remedy = REMEDIES.get(error.errno or 0, "see to it and run again")
        return cls(file, f"cannot be written ({error.strerror or error})", remedy, half_way)


def refused(error: OSError) -> str:
    """What the system refused apart from writing files: reading one, or telling the user."""
    if isinstance(error, BrokenPipeError):
        return "standard output: closed before the end; run it again without a command that stops reading"
    return printable(f"{error.filename or 'standard output'}: {error.strerror}; see to it and run again")
