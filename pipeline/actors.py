"""Actors: who is mentioned, under which canonical name, of which type, and what pronouns stand for.

Reads paragraphs, sentences and tokens; writes actors, one row a mention. Names come from organisations.csv
(full names and acronyms) and from the head nouns of actors.csv with the qualifiers that tell one group from
another. A pronoun that stands for an actor is a mention too, with the mention it stands for as `antecedent`.

    "[Les intervenants] ont constaté… [Ils] ont instamment prié [les gouvernements] de…"
    -> intervenants/participants, Ils = intervenants, gouvernements/state
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pandas as pd

from pipeline import lexicon, schema, stage
from pipeline.anaphora import Candidate, Pronoun, pronouns, resolve
from pipeline.ids import content_id
from pipeline.phrases import Phrase, end_of, is_determiner_before, name_of, phrase_of
from pipeline.syntax import CLITICS, NEGATION, PREPOSITIONS, STRAIGHT, Sentence, Token, sentences_of, texts_of

READS = ("paragraphs", "sentences", "tokens")
WRITES = ("actors",)

HEADS = lexicon.Lexicon(
    "actors.csv",
    ("head", "type", "only"),
    ("only",),
    {"type": schema.ACTOR_TYPES},
    several=("only",),
    key=("head",),
)
ORGANISATIONS = lexicon.Lexicon(
    "organisations.csv",
    ("name", "acronym", "type"),
    ("acronym",),
    {"type": schema.ACTOR_TYPES},
    key=("name",),
)
# Plural and feminine endings with their singular masculine.
ENDINGS = (
    ("aux", "al"), ("x", ""), ("s", ""), ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"),
    ("ennes", "en"), ("enne", "en"), ("ères", "er"), ("ère", "er"), ("ves", "f"), ("ve", "f"), ("es", ""), ("e", ""),
)  # fmt: skip
TITLES = ("m.", "mm.", "mme", "mmes", "mlle", "dr")


@dataclass(frozen=True)
class ActorNames:
    """The two lexicons in the shape that recognition needs."""

    heads: Mapping[str, tuple[str, tuple[str, ...]]]  # head -> type, conditions
    names: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word -> (words, canonical, type)
    acronyms: Mapping[str, tuple[str, str]]  # acronym -> canonical, type

    @classmethod
    def read(cls, lexicons: Path) -> ActorNames:
        """Read actors.csv and organisations.csv. Raises InputError."""
        names: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        acronyms: dict[str, tuple[str, str]] = {}
        for row in lexicon.read(lexicons, ORGANISATIONS):
            words = tuple(_words(row["name"]))
            names.setdefault(words[0], []).append((words, row["name"], row["type"]))
            if row["acronym"]:
                acronyms[row["acronym"]] = (row["name"], row["type"])
        longest = {first: tuple(sorted(found, key=lambda f: (-len(f[0]), f[1]))) for first, found in names.items()}
        heads = {row["head"]: (row["type"], row.several("only")) for row in lexicon.read(lexicons, HEADS)}
        return cls(heads, longest, acronyms)

    def head_type(self, sentence: Sentence, i: int) -> str | None:
        """The type that actors.csv gives to the noun at `i`, None where it is no actor there."""
        token = sentence[i]
        for form in singulars(token):
            if form in self.heads:
                kind, only = self.heads[form]
                return kind if not only or any(_holds(sentence, i, condition) for condition in only) else None
        return None

    def organisation(self, sentence: Sentence, i: int) -> tuple[int, str, str] | None:
        """The longest organisation name that begins at `i`: rank after it, canonical name, type."""
        for words, name, kind in self.names.get(sentence.low(i), ()):
            if name[0].isupper() == sentence[i].form[0].isupper() and sentence.follows(i, *words):
                return i + len(words), name, kind
        acronym = self.acronyms.get(sentence[i].form)
        return (i + 1, *acronym) if acronym else None


def _words(name: str) -> Iterator[str]:
    """A name cut as the tokeniser cuts it, lower case."""
    for word in name.lower().translate(STRAIGHT).replace(",", " ,").split():
        head, apostrophe, rest = word.partition("'")
        yield from (head + apostrophe, rest) if apostrophe and rest else (word,)


def singulars(token: Token) -> Iterator[str]:
    """The forms under which a noun may stand in the lexicon: as it is, without plural or feminine ending."""
    low = token.low
    yield low
    for ending, singular in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            yield low[: len(low) - len(ending)] + singular


def _holds(sentence: Sentence, i: int, condition: str) -> bool:
    token = sentence[i]
    if condition == "capital":
        return token.form[:1].isupper() and i > 0
    if condition == "noun":
        return token.tag == "NOUN" and i > 0 and sentence[i - 1].tag == "DET"
    following = {sentence.low(j).rstrip("s") for j in range(i + 1, i + 4)}
    return token.low == condition or condition.rstrip("s") in following


@dataclass
class Mention:
    """A mention of an actor in one sentence."""

    start: int
    end: int
    head: int
    name: str
    actor: str
    kind: str
    mention_id: str = ""
    antecedents: tuple[Mention, ...] = field(default=())


def named(sentence: Sentence, names: ActorNames) -> list[Mention]:
    """The actors that are named in a sentence, in order; nested names are not split off."""
    found: list[Mention] = []
    i = 0
    while i < len(sentence):
        mention = _mention_at(sentence, i, names)
        if mention is None or (found and mention.start < found[-1].end):
            i += 1
            continue
        found.append(mention)
        i = mention.end
    return found


def _mention_at(sentence: Sentence, i: int, names: ActorNames) -> Mention | None:
    token = sentence[i]
    organisation = names.organisation(sentence, i)
    if organisation:
        end, actor, kind = organisation
        head = next((j for j in range(i, end) if sentence[j].noun), i)
        full = phrase_of(sentence, i)
        stop = max(end, end_of(sentence, end - 1) if sentence.low(end) in ("de", "d'", "du", "des") else end)
        stop = max(stop, full.end if kind != "igo" or token.form[:1].islower() else end)
        phrase = Phrase(full.start, stop, i)
        name = name_of(sentence, phrase)
        return Mention(phrase.start, stop, head, name, actor if stop == end else name, kind)
    if token.low in TITLES and i + 1 < len(sentence) and sentence[i + 1].form[:1].isupper():
        end = i + 1
        while end < len(sentence) and (sentence[end].form[:1].isupper() or sentence.low(end) == "-"):
            end += 1
        name = sentence.words(i, end)
        return Mention(i, end, i, name, name, "individual")
    if not (token.noun or token.form[:1].isupper() or (token.tag == "ADJ" and _after_determiner(sentence, i))):
        return None
    kind_of_head = names.head_type(sentence, i)
    if kind_of_head is None or sentence.low(i - 1) in ("en",):
        return None
    phrase = phrase_of(sentence, i)
    name = name_of(sentence, phrase)
    return Mention(phrase.start, phrase.end, i, name, name, kind_of_head)


def _after_determiner(sentence: Sentence, i: int) -> bool:
    return is_determiner_before(sentence, i) and (i + 1 == len(sentence) or not sentence[i + 1].noun)


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether the mention is the subject of a verb: by the parse, or because a verb follows it at once."""
    for token in sentence.tokens[mention.start : mention.end]:
        for _ in range(4):
            if token.relation.startswith("nsubj") and not mention.start <= token.head < mention.end:
                return True
            if token.relation != "conj" or token.head == token.i:
                break
            token = sentence[token.head]
    j = mention.end
    while sentence.low(j) in CLITICS | NEGATION:
        j += 1
    return j < len(sentence) and sentence[j].finite and sentence.low(mention.start - 1) not in PREPOSITIONS


def mentions_of(paragraph: list[Sentence], names: ActorNames) -> list[list[Mention]]:
    """The mentions of each sentence of a paragraph, pronouns resolved to mentions before them."""
    found = [named(sentence, names) for sentence in paragraph]
    identify(paragraph, found)
    by_id = {m.mention_id: m for mentions in found for m in mentions}
    candidates = [
        candidate for rank, mentions in enumerate(found) for candidate in _candidates(paragraph[rank], rank, mentions)
    ]
    for rank, sentence in enumerate(paragraph):
        for pronoun in pronouns(sentence):
            if any(m.start <= pronoun.start < m.end for m in found[rank]):
                continue
            match = resolve(pronoun, rank, candidates)
            if match is None:
                continue
            antecedents = tuple(
                by_id[i] for i in (match.group if pronoun.plural and match.group else (match.mention_id,))
            )
            antecedents = tuple(o for m in antecedents for o in (m.antecedents or (m,)))
            found[rank].append(_pronominal(sentence, pronoun, antecedents))
        found[rank].sort(key=lambda m: m.start)
    identify(paragraph, found)
    return found


def _pronominal(sentence: Sentence, pronoun: Pronoun, antecedents: tuple[Mention, ...]) -> Mention:
    name = "; ".join(a.name for a in antecedents)
    actor = "; ".join(a.actor for a in antecedents)
    return Mention(pronoun.start, pronoun.end, pronoun.start, name, actor, antecedents[0].kind, antecedents=antecedents)


def _candidates(sentence: Sentence, rank: int, mentions: list[Mention]) -> Iterator[Candidate]:
    for n, mention in enumerate(mentions):
        head = sentence[mention.head]
        group = tuple(m.mention_id for m in coordinated(sentence, mentions, n))
        plural = head.plural
        subject = is_subject(sentence, mention)
        yield Candidate(mention.mention_id, rank, mention.head, plural, head.feminine, subject, mention.end, group)


def coordinated(sentence: Sentence, mentions: list[Mention], n: int) -> list[Mention]:
    """The mention at `n` with those that are coordinated to it on its right."""
    group = [mentions[n]]
    for mention in mentions[n + 1 :]:
        between = [sentence.low(j) for j in range(group[-1].end, mention.start)]
        if between not in ([","], ["et"], ["ou"], [",", "et"], ["ainsi", "que"], [",", "ainsi", "que"]):
            break
        group.append(mention)
    return group


def identify(paragraph: list[Sentence], found: list[list[Mention]]) -> None:
    """Give each mention an identifier made from its sentence, its words and their occurrence there."""
    for sentence, mentions in zip(paragraph, found, strict=True):
        seen: Counter[tuple[str, str]] = Counter()
        for mention in sorted(mentions, key=lambda m: m.start):
            key = (sentence[mention.head].sentence_id, sentence.words(mention.start, mention.end))
            mention.mention_id = content_id("m", *key, seen[key])
            seen[key] += 1


def run(
    paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, *, lexicons: Path, settings: Path
) -> dict[str, pd.DataFrame]:
    """The actors table."""
    names = ActorNames.read(lexicons)
    rows = []
    for (doc_id, paragraph), group in groupby(
        sentences_of(sentences, tokens, texts_of(paragraphs)), key=lambda s: (s.doc_id, s.paragraph)
    ):
        members = list(group)
        for sentence, mentions in zip(members, mentions_of(members, names), strict=True):
            for m in mentions:
                first, last = sentence[m.start], sentence[m.end - 1]
                antecedent = "; ".join(a.mention_id for a in m.antecedents)
                rows.append(
                    (doc_id, m.mention_id, first.sentence_id, paragraph, first.start, last.end,
                     sentence.words(m.start, m.end), m.actor, m.kind, antecedent)
                )  # fmt: skip
    columns = [c.name for c in schema.TABLES["actors"].filled_by("actors")]
    return {"actors": pd.DataFrame(rows, columns=columns)}


def main() -> int:
    """Find actors from files to files."""
    return stage.main(sys.modules[__name__])


if __name__ == "__main__":
    sys.exit(main())
