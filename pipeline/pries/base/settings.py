"""Settings: one small TOML file a stage, checked against the stage's dataclass before work starts."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pries.base.errors import InputError, decoded, shortened
from pries.base.layers import Folder, layers

T = TypeVar("T")
SHARE = {"low": 0.0, "high": 1.0}  # bounds of a field
WEIGHT = {"low": 0.0, "high": 100.0}
MOST = 10**300
AT_LINE = re.compile(r"at line (\d+)")  # as tomllib says it
AT_END = "(at end of document)"
TRIED = 200  # lines of a file that are tried for the first wrong one, where tomllib names none


def read(folder: Folder, form: type[T]) -> T:
    """Read `form.FILE` from `folder` into the dataclass `form`; keys left out keep their default.

    What the settings of a corpus say lies over it.

    A numeric field may declare its bounds with `metadata={"low": …, "high": …}`, a text field its allowed
    values with `metadata={"values": (…)}`.
    Raises InputError for a missing file, bad TOML, an unknown key, a wrong type or a value out of bounds.
    """
    under, *over = layers(folder)
    found = _read(under / form.FILE, form)  # type: ignore[attr-defined]
    for path in (layer / form.FILE for layer in over):  # type: ignore[attr-defined]
        found |= _read(path, form) if path.is_file() else {}
    return form(**found)


def _read(path: Path, form: type) -> dict[str, Any]:
    """What one file says, checked."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), "no such settings file", "put it back or name another --settings folder") from None
    except OSError as error:
        raise InputError.unread(path, error) from None
    text = decoded(path, data)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of TOML, of a number or brackets without end
        line, lines = _wrong_line(text, str(error)), text.split("\n")
        problem = f"not TOML ({shortened(str(error))}): {shortened(lines[line - 1].strip())}"
        raise InputError(str(path), problem, "correct the line, or put the file back as it was", line) from None
    fields = {f.name: f for f in dataclasses.fields(form)}
    types = get_type_hints(form)
    for key, value in found.items():
        line = _line_of(text, key)
        if key not in fields:
            raise InputError(str(path), f"unknown setting {shortened(key)}", f"use one of {', '.join(fields)}", line)
        found[key] = _checked(path, line, key, value, types[key], fields[key].metadata)
    return found


def mistake(folder: Folder, form: type, key: str, problem: str, remedy: str) -> InputError:
    """What is wrong with a setting that is of the right type, with the file and the line that set it."""
    paths = [path for layer in layers(folder) if (path := layer / form.FILE).is_file()]  # type: ignore[attr-defined]
    lines = {path: _line_of(decoded(path, path.read_bytes()), key) for path in paths}
    path = next((path for path in reversed(paths) if lines[path]), paths[-1])
    return InputError(str(path), problem, remedy, lines[path])


def _checked(path: Path, line: int, key: str, value: Any, kind: type, metadata: Any) -> Any:
    if isinstance(value, int) and abs(value) > MOST:  # more than a float holds, or Python writes out
        raise InputError(str(path), f"{key} is a number of more than 300 digits", "give a smaller one", line)
    quoted = f"{key} = {shortened(repr(value))}"
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise InputError(str(path), f"{quoted} is no {kind.__name__}", f"give a {kind.__name__}", line)
    low, high = metadata.get("low"), metadata.get("high")
    # written so that nan is out of bounds as well
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        bounds = f"between {low} and {high}" if high is not None and low is not None else f"at {low} or above"
        raise InputError(str(path), f"{quoted} is out of bounds", f"stay {bounds}", line)
    values = metadata.get("values")
    if values is not None and value not in values:
        raise InputError(str(path), f"{quoted} is unknown", f"use one of {', '.join(values)}", line)
    return value


def _wrong_line(text: str, problem: str) -> int:
    """The line of a problem of tomllib's, which names none for a file that was cut off: its last one then.

    Nor does it for a number or brackets without end: the first line up to which the file has the same problem.
    """
    if place := AT_LINE.search(problem):
        return int(place[1])
    lines = text.rstrip().split("\n")
    for number in range(1, 0 if AT_END in problem else min(len(lines), TRIED)):
        try:
            tomllib.loads("\n".join(lines[:number]))
        except (ValueError, RecursionError) as error:
            if str(error) == problem:
                return number
    return len(lines)


def _line_of(text: str, key: str) -> int:
    """The line that sets a key, be it quoted or the name of a table; 0 where none does.

    >>> _line_of("# graine\\nseed = 12\\n", "seed"), _line_of("[seed]\\n", "seed"), _line_of("'seed' = 12\\n", "seed")
    (2, 1, 1)
    """
    set_here = re.compile(rf"[\s\[]*([\"']?){re.escape(key)}\1\s*[].=]")
    return next((number for number, line in enumerate(text.splitlines(), start=1) if set_here.match(line)), 0)
