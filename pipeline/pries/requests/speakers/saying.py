"""Saying: whose subject a verb of saying has, however it is built.

"Les [participants] ont souligné que", "Il a été souligné par le [Comité] que", "Les [juges] sont convaincus que"
"""

from __future__ import annotations

from pries.grammar.items import after_joint
from pries.grammar.phrases import phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject, subject
from pries.grammar.verbs import VerbalGroup, any_group
from pries.grammar.words import BEFORE_NUMBER, ETRE, NUMBER_MARKS, RELATIVE_SUBJECTS, SEE_HEAR, WITH_ETRE
from pries.requests.cast import Cast, Filler
from pries.requests.speakers.dependents import main_subject


def speaker(cast: Cast, verb: int) -> list[Filler]:
    """The subject of a speech verb, or its `par` agent in the passive."""
    sentence = cast.sentence
    if not sentence[verb].verb:  # "sont d'avis que", "ont dit être d'avis que", "sont convenus que"
        verb = next((j for j in range(verb - 1, max(verb - 6, -1), -1) if sentence.low(j) in ETRE), verb)
    if verb and sentence[verb].form[:1].isupper() and (organ := opening_organ(cast)):
        return organ
    group = any_group(sentence, verb)
    if group.voice == "passive" and not sentence.low(group.verb).startswith(WITH_ETRE):
        return cast.agent(group.end, len(sentence), issuer=True)
    if group.tense == "infinitive" and sentence.low(group.start - 1).rstrip("es") in SEE_HEAR:
        return cast.agent(group.end, len(sentence), issuer=True)  # « se sont vu rappeler par le juge que »
    dependent = group.tense in ("gerund", "participle", "infinitive")
    found = (main_subject if dependent else subject)(sentence, group)
    minds = sentence.low(group.verb).startswith(sentence.cues.opinions)  # « L'aubergiste estime que »: whatever noun
    return cast.of_subject(found, issuer=True, animate=minds) or _inside_antecedent(cast, group, found)


def convinced(cast: Cast, verb: int) -> list[Filler]:
    """The subject of a passive that tells a conviction: « Les [juges] sont convaincus qu'il faut agir »."""
    sentence, group = cast.sentence, any_group(cast.sentence, verb)
    holds = group.voice == "passive" and sentence.low(group.verb).startswith(tuple(sentence.cues.convinced))
    return cast.of_subject(subject(sentence, group), issuer=True) if holds else []


def _inside_antecedent(cast: Cast, group: VerbalGroup, found: Subject | None) -> list[Filler]:
    """The nearer noun, where a relative stands for it: « la teneur du [rapport], qui souligne qu'il faut agir »."""
    sentence, relative = cast.sentence, group.start - 1
    if found is None or found.phrase is None or sentence.low(relative) not in RELATIVE_SUBJECTS:
        return []
    nouns = (k for k in range(found.phrase.head + 1, relative) if sentence[k].noun)
    phrases = (phrase_of(sentence, k) for k in nouns)
    return next((named for phrase in phrases if (named := cast.of_phrase(phrase, issuer=True))), [])


def opening_organ(cast: Cast) -> list[Filler]:
    """The organ that opens a sentence that holds the whole resolution: « L'[Assemblée], Rappelant …, Prie … »."""
    sentence, known = cast.sentence, cast.at.get(0)
    if known is None or known.start or known.end + 1 >= len(sentence) or sentence.low(known.end) != ",":
        return []
    after = sentence[min(after_joint(sentence, known.end), len(sentence) - 1)]  # « Le Comité, a) Prie … »
    opens = after.form[:1].isupper() and (after.verb or after.tag in ("ADJ", "ADV", "NOUN"))
    return cast._fillers(known) if opens or _numbers_what_it_does(sentence) else []


def _numbers_what_it_does(sentence: Sentence) -> bool:
    """Whether numbers part what an organ does: « Le [Conseil], ému, 1. blâme la régie ; 2. prie le maire de … »."""
    near = enumerate(sentence.tokens[2:-2], start=2)
    numbers = (j for j, token in near if token.tag == "NUM" and token.low.isdigit())
    return any(
        sentence.low(j - 1) in BEFORE_NUMBER and sentence.low(j + 1) in NUMBER_MARKS and sentence[j + 2].finite
        for j in numbers
    )
