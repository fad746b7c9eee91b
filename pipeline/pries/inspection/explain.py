"""Explain: what was found in a French text, by which frame and construction, and what was ruled out and why.

python -m pries.requests.obligations --explain "Les gouvernements ont été priés de ratifier les conventions."
-> priés: request … frame prier/verb … passive … addressee gouvernements <- object
"""

from __future__ import annotations

from pathlib import Path

from pries.actors import actors
from pries.base import settings
from pries.grammar import parse
from pries.grammar.sentence import Sentence, sentences_of
from pries.requests.cast import Filler
from pries.requests.engine import Engine, Refused, Request
from pries.requests.obligations import search
from pries.schema import schema
from pries.segmentation import segment


def explain(text: str, lexicons: Path, settings_folder: Path) -> str:
    """The findings in `text`, as lines; segmented, parsed and searched by the stages' own functions."""
    parts = segment.segment_text(" ".join(text.split()), "text", lexicons=lexicons)
    model = parse.load(settings.read(settings_folder, parse.Settings).model)
    tokens = schema.conform(parse.parse(parts.sentences, model), "tokens", "parse")
    mentions = actors.run(parts.paragraphs, parts.sentences, tokens, lexicons=lexicons, settings=settings_folder)
    lines = []
    engine = Engine.read(lexicons)
    found = sentences_of(parts.paragraphs, parts.sentences, tokens, engine.words.cues)
    for cast, requests in search(found, mentions["actors"], engine):
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
