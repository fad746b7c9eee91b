"""Explain: what was found in a French text, by which frame and rules, and what was ruled out and why.

pries explain "Les gouvernements ont été priés de ratifier les conventions."
-> priés: request … frame prier/verb … construction passive <- voice … addressee gouvernements <- object: patient
pries explain "Il faut créer un fonds." --beside "La création d'un fonds est recommandée."
-> faut / recommandée: same words, 1.0 …
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from pries.actors import actors
from pries.base import errors, settings
from pries.base.layers import Folder, add_folders, folders_of
from pries.base.places import LEXICONS, SETTINGS
from pries.base.rules import first
from pries.content import request_words, sameness
from pries.content.concepts import Concepts
from pries.content.substance import Substance, substances
from pries.grammar import parse
from pries.grammar.sentence import Sentence, sentences_of
from pries.grammar.spelling import Spelling
from pries.requests import obligations, triggers
from pries.requests.cast import Filler
from pries.requests.constructions import STRENGTH
from pries.requests.context.confidence import confidence, weighed
from pries.requests.context.signs import Surroundings
from pries.requests.engine import Engine
from pries.requests.frames import Frame
from pries.requests.request import POLARITY, Refused, Request
from pries.schema import schema
from pries.segmentation import segment
from pries.segmentation.document import Segmented

BLANK = re.compile(r"\n\s*\n")  # between paragraphs
SIGNS = 5  # that are told of a row


@dataclass(frozen=True)
class Analysis:
    """A text as the stages see it."""

    parts: Segmented
    tokens: pd.DataFrame
    mentions: pd.DataFrame

    @classmethod
    def of(cls, text: str, lexicons: Folder, settings_folder: Folder) -> Analysis:
        """Segmented, parsed and searched for actors by the stages' own functions."""
        paragraphs = "\n\n".join(" ".join(part.split()) for part in BLANK.split(text))
        parts = segment.segment_text(paragraphs, "text", lexicons=lexicons, settings=settings_folder)
        model = parse.load(settings.read(settings_folder, parse.Settings).model)
        spelling = Spelling(model, lexicons)
        tokens = schema.conform(parse.parse(parts.sentences, model, spelling=spelling), "tokens", "parse")
        tables = actors.run(
            parts.paragraphs, parts.sentences, tokens, parse.word_vectors(tokens, model),
            lexicons=lexicons, settings=settings_folder,
        )  # fmt: skip
        return cls(parts, tokens, tables["actors"])


def requests_in(text: str, lexicons: Folder = LEXICONS, settings_folder: Folder = SETTINGS) -> pd.DataFrame:
    """The requests in `text`, a row each, as the stage obligations finds them."""
    seen = Analysis.of(text, lexicons, settings_folder)
    tables = obligations.run(
        seen.parts.paragraphs, seen.parts.sentences, seen.tokens, seen.mentions,
        lexicons=lexicons, settings=settings_folder,
    )  # fmt: skip
    return tables["obligations"]


def beside(one: str, other: str, lexicons: Folder = LEXICONS, settings_folder: Folder = SETTINGS) -> str:
    """Each request of a text beside each of another: whether they are the same one, and why, as lines."""
    chosen, concepts = settings.read(settings_folder, sameness.Settings), Concepts.read(lexicons)
    lines = []
    for (trigger, asked), (rival, wanted) in product(
        *(_substances(text, lexicons, settings_folder) for text in (one, other))
    ):
        score, reason = sameness.compare(asked, wanted, concepts, chosen)
        lines.append(f"{trigger} / {rival}: {reason}{f', {score:.2f}' if score else ''}")
        for name, words in (
            ("in both", asked.core & wanted.core),
            ("in the first", asked.core - wanted.core),
            ("in the second", wanted.core - asked.core),
        ):
            lines.append(f"    {name:14}{', '.join(sorted(words))}")
    return "\n".join(lines) or "no request in one of the two"


def _substances(text: str, lexicons: Folder, settings_folder: Folder) -> list[tuple[str, Substance]]:
    """The requests of a text: the trigger, and what is asked."""
    seen = Analysis.of(text, lexicons, settings_folder)
    found = obligations.run(
        seen.parts.paragraphs, seen.parts.sentences, seen.tokens, seen.mentions,
        lexicons=lexicons, settings=settings_folder,
    )  # fmt: skip
    rows, actions = found["obligations"], found["actions"]
    words = request_words.read_words(seen.tokens, lexicons)
    asked = request_words.requests(words, rows, actions)
    made = substances(words, asked, rows, actions, Concepts.read(lexicons))
    return list(zip(rows["trigger"].tolist(), made, strict=True))


def explain(text: str, lexicons: Folder = LEXICONS, settings_folder: Folder = SETTINGS) -> str:
    """The findings in `text`, as lines."""
    seen = Analysis.of(text, lexicons, settings_folder)
    parts, tokens = seen.parts, seen.tokens
    lines = []
    known = obligations.prepare(lexicons, settings_folder)
    engine, listed = known.engine, known.listed(parts.paragraphs, None, None)
    sentences = sentences_of(parts.paragraphs, parts.sentences, tokens, engine.words.cues)
    searched = obligations.search(sentences, seen.mentions, engine)
    for cast, results in searched:
        pairs = list(listed.search(cast, results))
        for n, (own, found) in enumerate(pairs):
            if n == 0 or found:  # the sentence, then each item that is announced
                lines.append(f"« {own.sentence.words(0, len(own.sentence))} »")
            around = Surroundings(own, found)
            for one in found:
                if isinstance(one, Refused):
                    lines.append(_ruled_out(own.sentence, one))
                else:
                    lines.extend([*_request(one), _confidence(around, one, known.confidence)])
        lines.extend(_unmatched(engine, cast.sentence, {result.trigger.token for result in results}))
        if not any(found for _, found in pairs):
            lines.append("  no trigger")
    return "\n".join(lines)


def _request(request: Request) -> list[str]:
    sentence, trigger, frame = request.sentence, request.trigger, request.trigger.frame
    heads = "; ".join(sentence[head].form for head in request.complement.heads)
    addressee = dict.fromkeys((request.origin["addressee"], request.rule))  # each name once
    slot = dict.fromkeys((request.complement.slot, request.complement.rule))
    return [
        f"  {sentence[trigger.token].form}: {trigger.modality}, {request.polarity}",
        f"    frame         {_frame(frame)}",
        f"    modality      {trigger.modality}{_rule(first(STRENGTH, frame, trigger.group)[1], 'frame')}",
        f"    polarity      {request.polarity}{_rule(first(POLARITY, request)[1], 'no negation')}",
        f"    construction  {trigger.construction}, {trigger.group.tense}{_rule(trigger.rule, frame.pos)}",
        f"    issuer        {_names(request.issuer)}{_rule(request.origin['issuer'])}",
        f"    addressee     {_names(request.addressee)}{_rule(': '.join(addressee))}",
        f"    actions       {heads}{_rule(': '.join(slot))}",
    ]


def _confidence(around: Surroundings, request: Request, weights: Mapping[str, float]) -> str:
    """How likely it is that all of it is right, and the signs that speak most for it or against it."""
    signs = weighed(around, request, weights)
    most = sorted((name for name in signs if round(signs[name], 2)), key=lambda name: -abs(signs[name]))[:SIGNS]
    told = "; ".join(f"{name} {signs[name]:+.2f}" for name in most)
    return f"    confidence    {confidence(around, request, weights):.2f}{_rule(told)}"


def _rule(name: str, otherwise: str = "") -> str:
    return f"  <- {otherwise if name in ('', 'none') and otherwise else name}"


def _frame(frame: Frame) -> str:
    return f"{frame.lemma}/{frame.pos}, {frame.row}"


def _names(fillers: list[Filler]) -> str:
    return "; ".join(f"{f.name} [{f.text}] ({f.kind})" for f in fillers) or "nobody named"


def _ruled_out(sentence: Sentence, refused: Refused) -> str:
    word, ruling = sentence[refused.trigger.token].form, refused.ruling
    row = f", {ruling.row}" if ruling.row else ""
    rule = _rule(ruling.rule) if ruling.rule else ""
    return f"  {word}: ruled out ({ruling.reason}{row}){rule}; {_frame(refused.trigger.frame)}"


def _unmatched(engine: Engine, sentence: Sentence, found: set[int]) -> Iterator[str]:
    """The words of the frame lexicon that no frame took, and the check that each failed."""
    for i, low in enumerate(sentence.lows):
        if low in engine.frames.forms and i not in found:
            for frame, check in dict.fromkeys(triggers.unmatched(engine.frames, sentence, i)):
                yield f"  {sentence[i].form}: no trigger ({check}); {_frame(frame)}"


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries explain`."""
    parser.add_argument("text", metavar="TEXT", help="a French text (-: standard input)")
    parser.add_argument("--beside", metavar="TEXT", help="a second text: does it ask the same?")
    add_folders(parser, corpus=True)


def command(options: Namespace) -> None:
    """Print how a text is read."""
    text = sys.stdin.read() if options.text == "-" else options.text
    folders = folders_of(options)
    lines = explain(text, *folders) if options.beside is None else beside(text, options.beside, *folders)
    for line in lines.split("\n"):
        print(errors.printable(line))
