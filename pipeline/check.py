"""Check: every lexicon and setting is read once before long work starts.

A broken row or setting ends the run with one line (file, line, value, remedy) and exit code 2.

    pipeline/lexicons/triggers.csv, line 6: modality 'demand' is unknown; use one of urge, request, …
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import (
    actors,
    clusters,
    codebook,
    command,
    console,
    content_words,
    engine,
    labels,
    lexicon,
    obligations,
    parse,
    reinert,
    restatements,
    segment,
    settings,
    sharding,
    specificities,
)


def check(lexicons: Path, folder: Path) -> None:
    """Read the lexicons and settings of every stage. Raises InputError for the first mistake."""
    sharding.read_settings(folder)
    segment.Rules.read(lexicons, folder)
    parse.check_model(settings.read(folder, parse.Settings).model, folder / parse.Settings.FILE)
    actors.ActorNames.read(lexicons)
    engine.Engine.read(lexicons)
    obligations.read_labels(lexicons)
    codebook.chosen(lexicons, folder)
    lexicon.read(lexicons, content_words.STOPWORDS)
    for form in (restatements.Settings, clusters.Settings, specificities.Settings, reinert.Settings):
        settings.read(folder, form)
    for lang in labels.LANGUAGES:
        labels.Words(lexicons, lang)
    settings.read(folder, labels.Look)


def main(argv: Sequence[str] | None = None) -> int:
    """Check the two folders."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_folders(parser)
    options = parser.parse_args(argv)
    with console.one_line() as guard:
        check(options.lexicons, options.settings)
        console.say("check", "lexicons and settings are in order")
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
