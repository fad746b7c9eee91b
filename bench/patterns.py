"""Patterns: how the time of every regular expression of the package grows with a text made to hold it up.

    python bench/patterns.py            all: those that grow faster than n^1.3, with the text that shows it
    python bench/patterns.py reading/   those of some folders or files alone

Collected is what the modules, the lexicons and a run of a small corpus compile. Each is tried with texts made from its
own parts: what may stand before a repetition, then one or two things that it may repeat, over and over, then a sign
that lets it fail. Seconds are the processor's, for 2,000, 4,000 and 8,000 characters; what takes less than a hundredth
of a second is not judged. Ends with 1 where one is found.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import itertools
import math
import pkgutil
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pries

HERE = Path(pries.__file__).parent
LENGTH, LEAST, MOST, LONGEST = 4_000, 0.02, 1.3, 1  # characters; seconds that are judged; exponent; seconds of a try
TRIES = 40  # texts for each pattern, the simplest first
MANY = 8  # repetitions from which a pattern can be held up
FAILS = ("\0", "", "a", " ")  # what stands behind
EXAMPLES = {  # of what a category holds
    "CATEGORY_DIGIT": "1", "CATEGORY_NOT_DIGIT": "a -", "CATEGORY_SPACE": " \n", "CATEGORY_NOT_SPACE": "a1.",
    "CATEGORY_WORD": "a1", "CATEGORY_NOT_WORD": " .-",
}  # fmt: skip
ANY = "a1 .-\n"
OF_A_LINE = 4  # patterns tried of a line that makes one for each name or key
OF_LEXICONS = ("sections.py", "about.py", "announcements.py")  # which compile what stands in a lexicon
MODULES = "running.run", "running.shards", "base.places"  # imported when what they compile is noted
METHODS = ("match", "fullmatch", "search", "finditer", "sub", "split", "findall")
TEXT = """Le Comité

1. Il a prié les États de ratifier la Convention (art. 5) ; ils devraient agir.

a) Former les juges ;
b) Publier des données le 12 mars 2015.
"""


class Found(NamedTuple):
    """A pattern, where it is compiled, and the methods by which it is used."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def collected() -> list[Found]:
    """Every pattern of text that the package compiles."""
    places: dict[tuple[str, int], tuple[str, int]] = {}
    compiled: Any = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: int = 0) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        made = compiled(pattern, flags)
        if frame.f_code.co_filename.startswith(str(HERE)) and isinstance(made.pattern, str):
            places.setdefault((made.pattern, made.flags), (frame.f_code.co_filename, frame.f_lineno))
        return made

    re._compile = noted  # type: ignore[attr-defined]
    for module in pkgutil.walk_packages(pries.__path__, "pries."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    small_run()
    re._compile = compiled  # type: ignore[attr-defined]
    sources = {path: path.read_text(encoding="utf-8") for path in HERE.rglob("*.py")}
    taken: Counter[tuple[str, int]] = Counter()
    found = []
    for key, (file, line) in sorted(places.items(), key=lambda item: item[1]):
        taken[file, line] += 1
        if taken[file, line] <= OF_A_LINE or file.endswith(OF_LEXICONS):
            place = f"{Path(file).relative_to(HERE)}:{line}"
            found.append(Found(place, re.compile(*key), used(Path(file), line, sources)))
    return found


def small_run() -> None:
    """A run of a small corpus, for what is compiled only then."""
    run, shards, places = (importlib.import_module(f"pries.{name}") for name in MODULES)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        place = Path(folder)
        (place / "corpus").mkdir()
        (place / "corpus" / "essai.txt").write_text(TEXT, encoding="utf-8")
        run.run(shards.Folders(place / "corpus", place / "outputs", places.LEXICONS, places.SETTINGS), 1, "tables")


def used(file: Path, line: int, sources: Mapping[Path, str]) -> frozenset[str]:
    """The methods by which the pattern that is compiled on a line is used; all where nothing tells.

    One with a name is used by its own module and by those that import the name or the module; another, as a row of a
    lexicon, as its module uses what it names in small letters.
    """
    methods, above = "|".join(METHODS), sources[file].split("\n")[:line]
    name = next((m[1] for text in reversed(above) if (m := re.match(r"\s*(\w+)\b.*=", text))), "")
    looped = re.findall(rf"for ([\w, ]+) in (?:self\.)?{name}\b", sources[file])
    if looped:  # « for pattern, kind in PATTERNS »
        each = "|".join({one.strip() for names in looped for one in names.split(",")})
        found = re.findall(rf"\b(?:{each})\.({methods})\(", sources[file])
        return frozenset(found) or frozenset(METHODS)
    if name.islower():
        found = re.findall(rf"\b{name}\.({methods})\(", sources[file])
        found = found or [use for use in re.findall(rf"\b[a-z_]+\.({methods})\(", sources[file]) if use != "split"]
    else:
        imported = re.compile(rf"import\b.*\b{name}\b|\b{file.stem}\.{name}\b")
        users = [text for path, text in sources.items() if path == file or imported.search(text)]
        found = [use for text in users for use in re.findall(rf"\b{name}\.({methods})\b", text)]
    return frozenset(found) or frozenset(METHODS)


def examples(parsed: Any) -> list[str]:
    """A few texts that a parsed pattern may match, without what it looks at around them."""
    found = [""]
    for op, value in parsed:
        said = parts(op, value)
        found = [a + b for a, b in itertools.islice(itertools.product(found, said or [""]), 12)]
    return found


def parts(op: Any, value: Any) -> list[str]:
    """What one part of a parsed pattern may match."""
    name = str(op)
    if name == "LITERAL":
        return [chr(value)]
    if name in ("ANY", "NOT_LITERAL"):
        return list(ANY)
    if name == "IN":
        return in_set(value)
    if name == "BRANCH":
        return [text for branch in value[1] for text in examples(branch)[:2]][:12]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, _, body = value
        return [text * max(low, 1) for text in examples(body)[:6]]
    if name == "SUBPATTERN":
        return examples(value[-1])
    if name == "ATOMIC_GROUP":
        return examples(value)
    return [""]


def in_set(choices: Any) -> list[str]:
    """Some characters of a set."""
    found: list[str] = []
    for op, value in choices:
        name = str(op)
        if name == "NEGATE":
            refused = re.compile("[" + "".join(map(re.escape, in_set(choices[1:]))) + "]")
            return [sign for sign in ANY + "z(«" if not refused.match(sign)] or ["z"]
        if name == "LITERAL":
            found.append(chr(value))
        elif name == "RANGE":
            found.append(chr(value[0]))
        elif name == "CATEGORY":
            found += EXAMPLES.get(str(value), "a")
    return found[:8]


def repetitions(parsed: Any, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """What may stand before each repetition, and what it repeats."""
    for op, value in parsed:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, high, body = value
            if int(high) >= MANY:
                yield before, examples(body)
            yield from repetitions(body, before)
        elif name == "SUBPATTERN":
            yield from repetitions(value[-1], before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repetitions(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repetitions(value[1], before)
        before += next(iter(parts(op, value)), "")


def attacks(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """What comes first, and what is repeated: of each repetition its own examples, alone and by two; and the whole."""
    parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    made = set()
    for before, repeated in repetitions(parsed):
        wholes = [before + text for text in repeated[:4]]
        pairs = ["".join(pair) for pair in itertools.permutations(repeated[:4], 2)]
        made |= {(first, text) for text in [*repeated, *pairs] for first in ("", before) if text}
        made |= {("", text) for text in wholes if text}
    return made


def seconds(found: Found, text: str) -> float:
    """What the pattern takes on a text, by the ways in which it is used."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        for method in sorted(found.methods):
            if method in ("match", "fullmatch", "search"):
                getattr(found.pattern, method)(text)
            else:
                for _ in found.pattern.finditer(text):
                    pass
    except TimeoutError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def worst(found: Found) -> tuple[float, float, str] | None:
    """The exponent, the seconds and the text by which a pattern grows fastest."""
    slow = []
    for first, repeated in sorted(attacks(found.pattern), key=lambda made: (len("".join(made)), made))[:TRIES]:
        for behind in FAILS:

            def text(length: int, first: str = first, repeated: str = repeated, behind: str = behind) -> str:
                return first + repeated * (length // len(repeated)) + behind

            if seconds(found, text(LENGTH)) > LEAST:
                half, full = (min(seconds(found, text(n)) for _ in range(2)) for n in (LENGTH, 2 * LENGTH))
                grows = math.inf if math.isinf(full) else math.log2(full / max(half, 1e-9))
                if grows > MOST:
                    slow.append((grows, full, f"{first!r} + {repeated!r} * n + {behind!r}"))
                    break
        if len(slow) > 3 or (slow and math.isinf(slow[-1][0])):
            break
    return max(slow, key=lambda way: way[:2]) if slow else None


def late(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Print the patterns that grow too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    files = parser.parse_args().files
    signal.signal(signal.SIGPROF, late)
    patterns = [found for found in collected() if not files or any(part in found.place for part in files)]
    bad = 0
    for found in patterns:
        if way := worst(found):
            bad += 1
            print(f"{found.place:<48} n^{way[0]:.2f} {way[1]:7.3f} s  {way[2]}", flush=True)
    print(f"{len(patterns)} patterns, {bad} grow faster than n^{MOST}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
