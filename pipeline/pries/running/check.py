"""Check: every lexicon and setting is read once before long work starts.

A broken row or setting ends the run with one line (file, line, value, remedy) and exit code 2.

    pipeline/pries/lexicons/triggers.csv, line 6: modality 'demand' is unknown; use one of urge, request, …
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pries.actors import actors
from pries.base import console, settings
from pries.base.errors import InputError
from pries.base.layers import Folder, add_folders, folders_of
from pries.content import clusters, codebook, concepts, histories, sameness, summaries
from pries.grammar import parse, spelling, stopwords
from pries.publishing import labels
from pries.requests import obligations
from pries.running import cutting
from pries.segmentation import segment
from pries.textometry import reinert, specificities


def check(lexicons: Folder, folder: Folder) -> None:
    """Read the lexicons and settings of every stage. Raises InputError for the first mistake."""
    cutting.read_settings(folder)
    segment.Rules.read(lexicons, folder)
    parse.check_model(settings.read(folder, parse.Settings).model, folder)
    spelling.read(lexicons)
    actors.prepare(lexicons, folder)
    obligations.prepare(lexicons, folder)
    codebook.chosen(lexicons, folder)
    stopwords.read(lexicons)
    concepts.Concepts.read(lexicons)
    forms = (
        sameness.Settings, summaries.Settings, histories.Settings, clusters.Settings, specificities.Settings,
        reinert.Settings,
    )  # fmt: skip
    for form in forms:
        settings.read(folder, form)
    labels.check(lexicons)
    check_font(settings.read(folder, labels.Look).font, folder)


def check_font(font: str, folder: Folder) -> None:
    """Raise InputError if the settings name no font: « font = "Garamont" »."""
    if font in labels.FONTS:
        return
    from pries.publishing.figures import fonts  # which loads what drawing needs

    try:
        fonts.face(font)
    except InputError as error:
        raise settings.mistake(folder, labels.Look, "font", error.problem, error.remedy) from None


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries check`."""
    add_folders(parser, corpus=True)


def command(options: Namespace) -> None:
    """Check the two folders."""
    check(*folders_of(options))
    console.say("check", "lexicons and settings are in order")
