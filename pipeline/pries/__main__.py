"""The one door: `pries` brings the outputs of a corpus up to date; `pries STAGE` or `pries COMMAND` does one thing.

    pries --corpus corpus --outputs outputs
    pries obligations --corpus corpus --outputs outputs      up to this stage
    pries explain "Les gouvernements ont été priés de ratifier les conventions."

Exit codes: 0 done; 1 stopped half-way (disk full), or with --strict a document that could not be read; 2 the run could
not start, and nothing is written; 3 done, with documents that could not be read, which problems.csv and the last lines
name; 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from pries import __version__
from pries.base import interrupt

interrupt.at_once()  # Ctrl+C ends a command, whatever library is at work, and before any is loaded

from pries.base import console, errors, parallel  # noqa: E402
from pries.base.layers import add_folders  # noqa: E402
from pries.stages import BY_NAME, STAGES, Stage  # noqa: E402

COMMANDS = {  # a module with `arguments`, which adds its options to a parser, and `command`, which takes them
    "explain": ("pries.inspection.explain", "why a text is read as it is, rule by rule"),
    "kwic": ("pries.inspection.kwic", "a concordance"),
    "compare": ("pries.inspection.compare", "two parts of a corpus: their words, or what they ask"),
    "review": ("pries.review.terminal", "decide on requests in the terminal"),
    "sample": ("pries.estimation.draw", "draw sentences to code, so that counts get their error"),
    "agreement": ("pries.inspection.agreement", "how far two people's corrections agree"),
    "evaluate": ("pries.inspection.evaluate", "score a run against tables made by hand"),
    "stability": ("pries.inspection.stability", "how far groups hold when a paragraph is left out"),
    "export": ("pries.exchange.export", "files for IRaMuTeQ, TXM, R, INCEpTION, doccano, Gephi"),
    "import": ("pries.exchange.import_requests", "what was coded in other programs, as corrections.csv"),
    "check": ("pries.running.check", "read every lexicon and setting, and say what is wrong"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; the exit code."""
    if "numpy" not in sys.modules:  # one thread for linear algebra: sums in another order give other last digits
        os.environ |= {name: os.environ.get(name, "1") for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    console.hold_streams()
    console.speak_any_encoding()
    words = list(sys.argv[1:] if argv is None else argv)
    name = words[0] if words and not words[0].startswith("-") else ""
    if name in COMMANDS:
        return command(name, words[1:])
    if name and name not in BY_NAME:
        print(f"pries {errors.printable(name)}: no such stage or command; pries --help lists them", file=sys.stderr)
        return errors.CANNOT_START
    if name == "figures" and any(word.partition("=")[0] == "--out" for word in words):
        return command(name, words[1:])
    return stages(BY_NAME.get(name), words[1:] if name else words)


def command(name: str, words: Sequence[str]) -> int:
    """Run a command."""
    module = importlib.import_module(COMMANDS[name][0] if name in COMMANDS else BY_NAME[name].module)
    parser = ArgumentParser(f"pries {name}", description=module.__doc__, formatter_class=RawDescriptionHelpFormatter)
    module.arguments(parser)
    options = parser.parse_args(words)
    with console.one_line() as guard:
        module.command(options)
    return guard.code


def stages(stage: Stage | None, words: Sequence[str]) -> int:
    """Bring a corpus up to date, or up to a stage."""
    options = parser_of(stage).parse_args(words)
    os.environ[parallel.JOBS] = str(options.jobs)
    with console.one_line() as guard:
        if not {"", "--corpus=", "--outputs="}.isdisjoint(words):
            raise errors.InputError("pries", "an empty name of a folder", "give --corpus and --outputs each a folder")
        problems = run(options, stage.name if stage else options.stage or "")
        if problems and options.strict:
            table = errors.printable(str(options.outputs / "tables" / "problems.csv"))
            print(f"--strict: {table} names what could not be read", file=sys.stderr)
        if problems:
            guard.code = errors.FAILED_STRICT if options.strict else errors.DONE_WITH_PROBLEMS
    return guard.code


def run(options: Namespace, until: str) -> int:
    """The run that the options ask for; how many documents could not be read."""
    from pries.running.run import run
    from pries.running.shards import Folders

    if options.jobs < 1:
        raise errors.InputError("--jobs", f"{options.jobs} processes do nothing", "give at least 1")
    if options.scheduler is not None and (options.engine != "dask" or not options.scheduler):
        raise errors.InputError("--scheduler", "no Dask cluster is asked for", "give an address, and --engine dask")
    scheduler = (options.scheduler or "") if options.engine == "dask" else None
    folders = Folders.of(options.corpus, options.outputs, options.lexicons, options.settings)
    return run(folders, options.jobs, until, scheduler, options.dry_run)


def parser_of(stage: Stage | None) -> ArgumentParser:
    """The options of a run, and what its help says."""
    parser = ArgumentParser(
        f"pries {stage.name}" if stage else "pries",
        usage=None if stage else "pries [STAGE | COMMAND] --corpus DIR --outputs DIR [options]",
        description=describe(stage) if stage else __doc__,
        epilog=alone(stage) if stage else contents(),
        formatter_class=RawDescriptionHelpFormatter,
    )
    if stage is None:  # a stage that is named last
        parser.add_argument("stage", nargs="?", choices=[*BY_NAME], help=SUPPRESS)
        parser.add_argument("--version", action="version", version=f"pries {__version__}")
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="in: the folder of reports")
    parser.add_argument("--outputs", type=Path, required=True, metavar="DIR", help="out: tables, figures, reader.html")
    parser.add_argument("--strict", action="store_true", help="end with 1 if a document could not be read")
    parser.add_argument("--dry-run", action="store_true", help="only say which stages would run, and why")
    parser.add_argument("--jobs", type=int, default=parallel.cores(), metavar="N", help="processes (as many as cores)")
    parser.add_argument("--engine", choices=("local", "dask"), default="local", help="where documents are worked on")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster (none: one on this machine)")
    add_folders(parser)
    return parser


def describe(stage: Stage) -> str:
    """What a stage's help says: what its module says of itself, what it reads and writes."""
    writes = ", ".join((*stage.writes, *stage.files))
    reads = ", ".join((*stage.reads, *filter(None, [stage.source]))) or "the documents of the corpus"
    return f"{stage.load().__doc__}\nReads:  {reads}\nWrites: {writes}\nRuns the stages that it needs before."


def alone(stage: Stage) -> str:
    """What the help of `figures` says of a figure drawn alone, with options of its own."""
    if stage.name != "figures":
        return ""
    parser = ArgumentParser("pries figures", add_help=False, formatter_class=RawDescriptionHelpFormatter)
    parser.description = "One figure alone, from a finished run: with --out, and these options in place of the above."
    stage.load().arguments(parser)
    return parser.format_help()


def contents() -> str:
    """The stages and the commands, for help."""
    names = " -> ".join(stage.name for stage in STAGES)
    return f"stages: {names}\n\ncommands:\n" + "\n".join(f"  {name:<12}{what}" for name, (_, what) in COMMANDS.items())


if __name__ == "__main__":
    sys.exit(main())
