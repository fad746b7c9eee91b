"""Explain: what was found in a French text, by which frame and construction, and what was ruled out and why.

pries explain "Les gouvernements ont été priés de ratifier les conventions."
-> priés: request … frame prier/verb … passive … addressee gouvernements <- object
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pries.actors import actors
from pries.base import errors, settings
from pries.base.places import LEXICONS, SETTINGS, add_folders
from pries.grammar import parse
from pries.grammar.sentence import Sentence, sentences_of
from pries.requests import obligations
from pries.requests.cast import Filler
from pries.requests.engine import Engine, Refused, Request
from pries.schema import schema
from pries.segmentation import segment
from pries.segmentation.document import Segmented


@dataclass(frozen=True)
class Analysis:
    """A text as the stages see it."""

    parts: Segmented
    tokens: pd.DataFrame
    mentions: pd.DataFrame

    @classmethod
    def of(cls, text: str, lexicons: Path, settings_folder: Path) -> Analysis:
        """Segmented, parsed and searched for actors by the stages' own functions."""
        parts = segment.segment_text(" ".join(text.split()), "text", lexicons=lexicons, settings=settings_folder)
        model = parse.load(settings.read(settings_folder, parse.Settings).model)
        tokens = schema.conform(parse.parse(parts.sentences, model), "tokens", "parse")
        tables = actors.run(parts.paragraphs, parts.sentences, tokens, lexicons=lexicons, settings=settings_folder)
        return cls(parts, tokens, tables["actors"])


def requests_in(text: str, lexicons: Path = LEXICONS, settings_folder: Path = SETTINGS) -> pd.DataFrame:
    """The requests in `text`, a row each, as the stage obligations finds them."""
    seen = Analysis.of(text, lexicons, settings_folder)
    tables = obligations.run(
        seen.parts.paragraphs, seen.parts.sentences, seen.tokens, seen.mentions,
        lexicons=lexicons, settings=settings_folder,
    )  # fmt: skip
    return tables["obligations"]


def explain(text: str, lexicons: Path = LEXICONS, settings_folder: Path = SETTINGS) -> str:
    """The findings in `text`, as lines."""
    seen = Analysis.of(text, lexicons, settings_folder)
    parts, tokens = seen.parts, seen.tokens
    lines = []
    found = sentences_of(parts.paragraphs, parts.sentences, tokens)
    for cast, requests in obligations.search(found, seen.mentions, Engine.read(lexicons)):
        sentence = cast.sentence
        lines.append(f"« {sentence.words(0, len(sentence))} »")
        for one in requests:
            lines.extend(_ruled_out(sentence, one) if isinstance(one, Refused) else _told(one))
        if not requests:
            lines.append("  no trigger")
    return "\n".join(lines)


def _told(request: Request) -> list[str]:
    sentence, trigger, frame = request.sentence, request.trigger, request.trigger.frame
    heads = "; ".join(sentence[head].form for head in request.complement.heads)
    return [
        f"  {sentence[trigger.token].form}: {trigger.modality}, {request.polarity}",
        f"    frame         {frame.lemma}/{frame.pos}, triggers.csv line {frame.line}",
        f"    construction  {trigger.construction}, {trigger.group.tense}",
        f"    issuer        {_names(request.issuer, request.origin['issuer'])}",
        f"    addressee     {_names(request.addressee, request.origin['addressee'])}",
        f"    actions       {heads}  <- {request.complement.slot}",
    ]


def _names(fillers: list[Filler], rule: str) -> str:
    names = "; ".join(f"{f.name} [{f.text}] ({f.kind})" for f in fillers) or "nobody named"
    return f"{names}  <- {rule}"


def _ruled_out(sentence: Sentence, refused: Refused) -> list[str]:
    frame = refused.trigger.frame
    word = sentence[refused.trigger.token].form
    ruling = refused.ruling
    row = f", exclusions.csv line {ruling.line}" if ruling.line else ""
    return [f"  {word}: ruled out ({ruling.reason}{row}); {frame.lemma}/{frame.pos}, triggers.csv line {frame.line}"]


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries explain`."""
    parser.add_argument("text", metavar="TEXT", help="a French text (-: standard input)")
    add_folders(parser)


def command(options: Namespace) -> None:
    """Print how a text is read."""
    text = sys.stdin.read() if options.text == "-" else options.text
    for line in explain(text, options.lexicons, options.settings).split("\n"):
        print(errors.printable(line))
