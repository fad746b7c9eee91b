"""Actors: who is mentioned, under which canonical name, of which type, and what pronouns stand for.

Reads paragraphs, sentences, tokens and vectors; writes actors, one row a mention. Names come from organisations.csv
(full names and acronyms) and from the head nouns of actors.csv with the qualifiers that tell one group from
another. A pronoun that stands for an actor is a mention too, with the mention it stands for as `antecedent`.

    "[Les intervenants] ont constaté… [Ils] ont instamment prié [les gouvernements] de…"
    -> intervenants/participants, Ils = intervenants, gouvernements/state

Scores (`make evaluate`): mentions of A/68/370 F1 .981 (.944 to .996; precision .974, recall .987 of 154), type .980.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, groupby

import pandas as pd

from pries.actors.anaphora import FARTHEST, renamed, resolve
from pries.actors.coordinated import coordinated
from pries.actors.full_names import full_names
from pries.actors.judgement import Judged
from pries.actors.known_names import ActorNames
from pries.actors.mentions import NOBODY, SURE, Mention, named, nouns_of_persons
from pries.actors.pronouns import asks, pronouns, says_before, told_by
from pries.actors.salience import Candidate, Weights, below_infinitive, feminine, read_weights, role_of, things_of
from pries.actors.standing import Pronoun
from pries.actors.unlisted import DEED
from pries.base.layers import Folder
from pries.grammar.joints import title_end
from pries.grammar.phrases import phrase_of
from pries.grammar.pronominal.first_word import behind_it_is
from pries.grammar.sentence import Reading, Sentence, interleaved, sentences_of
from pries.grammar.wording import PRINTED, bare
from pries.grammar.words import AFTER_VERB, ASKS_OR_NAMES, CLITICS_OR_NEGATION, EACH_OR_NONE, PREPOSITIONS
from pries.schema import schema
from pries.schema.ids import content_id

MOST = 200  # mentions on each side of a pronoun that it may stand for: no paragraph that people read has more


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether the mention is the subject of a verb: by the parse, or because a verb follows it at once."""
    j = mention.end
    while sentence.low(j) in CLITICS_OR_NEGATION:
        j += 1
    if j < len(sentence) and sentence[j].gerund and sentence.low(mention.start - 1) == ",":
        return False  # « le maire signe, les [régies] se chargeant du reste »
    for token in sentence.tokens[mention.start : mention.end]:
        for _ in range(4):
            if token.relation.startswith("nsubj") and not mention.start <= token.head < mention.end:
                return True
            if token.relation != "conj" or token.head == token.i:
                break
            token = sentence[token.head]
    if behind_it_is(sentence, mention.start) or told_by(sentence, mention.start):
        return True
    asks_too = sentence.low(j) in ASKS_OR_NAMES and sentence.low(j + 1) in AFTER_VERB  # « L'Office somme la »
    verbal = j < len(sentence) and (sentence[j].finite or asks_too)
    return verbal and sentence.low(mention.start - 1) not in PREPOSITIONS


def mentions_of(
    paragraph: list[Sentence], names: ActorNames, judged: Mapping[str, Judged] = NOBODY
) -> list[list[Mention]]:
    """The mentions of each sentence of a paragraph, pronouns resolved to mentions before them."""
    found = [named(sentence, names, judged) for sentence in paragraph]
    standing = [pronouns(sentence) for sentence in paragraph]
    if any(standing):
        maybe = [list(nouns_of_persons(s, names, judged, found[n])) for n, s in enumerate(paragraph)]
        _add_pronominal(paragraph, found, standing, maybe, names.weights, judged)
    identify(paragraph, found)
    return found


def _add_pronominal(
    paragraph: list[Sentence], found: list[list[Mention]], standing: list[list[Pronoun]],
    maybe: list[list[Mention]], weights: Weights, judged: Mapping[str, Judged],
) -> None:  # fmt: skip
    """Add the pronouns that stand for mentions to those of each sentence, and who of `maybe` they stand for."""
    named = [sorted([*mentions, *maybe[n]], key=lambda m: m.start) for n, mentions in enumerate(found)]
    for n, mention in enumerate(chain(*named)):
        mention.mention_id = str(n)  # until all have their own
    by_id = {m.mention_id: m for mentions in named for m in mentions}
    rank_of = {m.mention_id: rank for rank, mentions in enumerate(maybe) for m in mentions}
    whoever = any(one.asking and not one.is_object for one in chain(*standing))
    candidates = [c for n, mentions in enumerate(named) for c in candidates_of(paragraph[n], n, mentions, whoever)]
    mixed = interleaved(paragraph)

    def near(pronoun: Pronoun, rank: int) -> list[Candidate]:
        """Those of the sentences that it may look back to, at most so many on each side.

        Not what later items of a list name, behind a sentence inside an earlier one.
        """
        first = bisect_left(candidates, rank - FARTHEST, key=lambda c: c.sentence)
        here = bisect_left(candidates, (rank, pronoun.start), key=lambda c: (c.sentence, c.token))
        window = candidates[max(first, here - MOST) : here + MOST]
        if not mixed:
            return window
        at = paragraph[rank][pronoun.start].start
        return [c for c in window if c.sentence == rank or paragraph[c.sentence][c.token].start < at]

    for rank, sentence in enumerate(paragraph):
        for pronoun in standing[rank]:
            if any(m.start <= pronoun.start < m.end for m in found[rank]):
                continue
            match, _ = resolve(pronoun, rank, near(pronoun, rank), weights)
            if match is None:
                continue
            known = judged.get(paragraph[match.sentence].low(match.token)) if match.remote else None
            if match.remote and (known is None or known.somebody < DEED):
                continue
            if match.thing and not match.mention_id:
                asking = _asking(paragraph[match.sentence], match, pronoun)
                if asking is None:
                    continue
                asking.mention_id = match.mention_id = str(len(by_id))
                by_id[asking.mention_id] = asking
                insort(found[match.sentence], asking, key=lambda m: m.start)
            antecedents = tuple(
                by_id[i] for i in (match.group if pronoun.plural and match.group else (match.mention_id,))
            )
            match.thing = False
            for mention in antecedents:
                if mention.odds < SURE:  # a pronoun has told that it is somebody
                    mention.odds = SURE
                    insort(found[rank_of[mention.mention_id]], mention, key=lambda m: m.start)
            antecedents = tuple(o for m in antecedents for o in (m.antecedents or (m,)))
            found[rank].append(_pronominal(sentence, pronoun, antecedents))
            again = told(pronoun, rank, match, tuple(a.mention_id for a in antecedents))
            insort(candidates, again, key=lambda c: (c.sentence, c.token))
        found[rank].sort(key=lambda m: m.start)


def _asking(sentence: Sentence, match: Candidate, pronoun: Pronoun) -> Mention | None:
    """The mention of who asks, whatever noun names it: « L'[Inspection] prie l'exploitant de … Elle … »."""
    low, cues = sentence.low(match.token), sentence.cues
    document = low in cues.document
    if low in cues.quantity or (low in cues.thing and not document) or (document and not pronoun.asking):
        return None
    phrase = phrase_of(sentence, match.token)
    name = bare(sentence.words(phrase.start, phrase.end))
    kind = "document" if document else "community" if sentence[match.token].plural else "individual"
    return Mention(phrase.start, phrase.end, match.token, name, name, kind)


def _pronominal(sentence: Sentence, pronoun: Pronoun, antecedents: tuple[Mention, ...]) -> Mention:
    name = "; ".join(a.name for a in antecedents)
    actor = "; ".join(a.actor for a in antecedents)
    if pronoun.another:
        name = actor = renamed(actor, sentence.words(pronoun.start + 1, pronoun.end))
    return Mention(pronoun.start, pronoun.end, pronoun.start, name, actor, antecedents[0].kind, antecedents=antecedents)


def told(pronoun: Pronoun, rank: int, match: Candidate, group: tuple[str, ...]) -> Candidate:
    """The pronoun, for those that come later: « Le Comité … [Il] … [Il] … »."""
    subject = not (pronoun.is_object or pronoun.inverted or pronoun.role)
    role = pronoun.role or ("dative" if pronoun.dative else "object" if pronoun.is_object else "subject")
    feminine = match.feminine if match.feminine is not None else pronoun.feminine
    return Candidate(
        match.mention_id, rank, pronoun.start, pronoun.plural and not pronoun.one, feminine, subject, pronoun.end,
        group, role, False, match.name, True, match.kind, asking=pronoun.asking,
    )  # fmt: skip


def candidates_of(
    sentence: Sentence, rank: int, mentions: list[Mention], all_nouns: bool = True
) -> Iterator[Candidate]:
    """The mentions of a sentence and the things that are its subjects, in order, as what a pronoun may stand for."""
    things = things_of(sentence, rank, [(m.start, m.end) for m in mentions], all_nouns)
    return iter(sorted([*_actors(sentence, rank, mentions), *things], key=lambda c: c.token))


def _actors(sentence: Sentence, rank: int, mentions: list[Mention]) -> Iterator[Candidate]:
    listed: set[str] = set()  # those that are told with one before them
    after = 0
    for n, mention in enumerate(mentions):
        if n and _says_what_it_is(sentence, mentions[n - 1], mention):
            continue
        head = sentence[mention.head]
        told_before = mention.mention_id in listed or mention.start < after  # or inside the name of one before
        after = max(after, mention.end)
        group = () if told_before else tuple(m.mention_id for m in coordinated(sentence, mentions, n))
        genders = {feminine(sentence, m.head) for m in mentions if m.mention_id in group}
        group = group or (mention.mention_id,)
        listed.update(group)
        proper = head.tag == "PROPN" and mention.kind == "individual"  # « Anne Roy … Elle »
        whole = not EACH_OR_NONE.isdisjoint(sentence.lows[max(mention.start - 1, 0) : mention.head])
        plural = None if whole else head.plural  # « Aucun État ne doit … ; tous sont tenus de »
        subject, gender = is_subject(sentence, mention), feminine(sentence, mention.head)
        speaks = subject and says_before(sentence, mention.start)
        yield Candidate(
            mention.mention_id, rank, mention.head, plural, gender, subject, mention.end, group,
            role_of(sentence, mention.start, mention.head, subject), below_infinitive(sentence, mention.start),
            mention.name.lower(), kind=mention.kind, asking=speaks or (subject and asks(sentence, mention.end)),
            speaks=speaks, thing=mention.odds < SURE, odds=mention.odds,
            women=True if genders == {True} else False if False in genders else None,
            guessed=head.feminine if gender is None and not (proper or _either(sentence, mention)) else None,
        )  # fmt: skip


def _either(sentence: Sentence, mention: Mention) -> bool:
    """Whether a noun is of either gender, or one of two: « l'[interne] », « l'[architecte]-conseil »."""
    epicene = mention.kind == "individual" and sentence.low(mention.head).removesuffix("s").endswith("e")
    return epicene or sentence.low(mention.head + 1) == "-"


def _says_what_it_is(sentence: Sentence, person: Mention, mention: Mention) -> bool:
    """Whether a mention only says what somebody is who was just named: « Anne Roy, [présidente de la Ligue] »."""
    closing = title_end(sentence, person.end)  # « la Région, [premier créancier], et les fournisseurs »
    if closing is not None and mention.start < closing:
        return True
    beside = person.kind == "individual" and mention.start == person.end + 1 and sentence.low(person.end) == ","
    return beside and mention.start == mention.head and sentence[mention.head].form.islower()


def identify(paragraph: list[Sentence], found: list[list[Mention]]) -> None:
    """Give each mention an identifier made from its sentence, its words and their occurrence there."""
    seen: Counter[tuple[str, str]] = Counter()
    for sentence, mentions in zip(paragraph, found, strict=True):
        for mention in sorted(mentions, key=lambda m: m.start):
            key = (sentence[mention.head].sentence_id, sentence.words(mention.start, mention.end))
            mention.mention_id = content_id("m", *key, seen[key])
            seen[key] += 1


def prepare(lexicons: Folder, settings: Folder) -> ActorNames:
    """The names that the lexicons know."""
    return replace(ActorNames.read(lexicons), weights=read_weights(lexicons))


def run(
    paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame,
    vectors: pd.DataFrame | None = None,
    *, lexicons: Folder, settings: Folder, prepared: ActorNames | None = None, reading: Reading = sentences_of,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The actors table. Without vectors, who is in no lexicon is nobody."""
    names = prepared or prepare(lexicons, settings)
    judged = names.judge.judged(vectors, tokens)
    rows = []
    read = reading(paragraphs, sentences, tokens, names.cues)
    for doc_id, document in groupby(read, key=lambda s: s.doc_id):
        found: list[tuple[Sentence, Mention]] = []
        for _, group in groupby(document, key=lambda s: s.paragraph):
            members = list(group)
            for sentence, mentions in zip(members, mentions_of(members, names, judged), strict=True):
                found.extend((sentence, mention) for mention in mentions)
        full = full_names((mention.actor for _, mention in found if not mention.antecedents), names)
        for sentence, m in found:
            first, last = sentence[m.start], sentence[m.end - 1]
            known = [full.get(names.short(a)) or names.expanded(names.unordered(a)) for a in m.actor.split("; ")]
            actor = "; ".join(map(names.counted_as, known)).translate(PRINTED)
            rows.append(
                (doc_id, m.mention_id, first.sentence_id, sentence.paragraph, first.start, last.end,
                 sentence.words(m.start, m.end), actor, m.kind, "; ".join([a.mention_id for a in m.antecedents]))
            )  # fmt: skip
    return {"actors": schema.from_rows(rows, "actors", "actors")}
