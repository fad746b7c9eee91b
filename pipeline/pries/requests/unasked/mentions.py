"""Mentions: triggers that only name a request, ask about one or say how something is, and ask for nothing.

"« De la nécessité de déclarer les naissances »", "savoir à qui il revient de payer", "selon qu'il convient"
"""

from __future__ import annotations

from pries.grammar import words as closed
from pries.grammar.clauses import clause_start
from pries.grammar.joints import skip_adverbs
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.verbs import is_adverb
from pries.requests.speakers.dependents import decider, narrated
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary

LONGEST_HEADING = 20  # words


def in_passing(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« selon qu'il convient », « comme il se doit »."""
    start = trigger.group.start
    as_due = "as_due" in trigger.frame.traits and start > 2
    near = range(max(start - 4, 0), start)
    if closed.AS_DUE.isdisjoint(sentence.lows[near.start : start]):  # nearly always
        return None
    for j in near:
        if sentence.follows(j, "selon", "qu'") or (as_due and sentence.follows(j, "comme", "il")):
            return "in passing"
    return None


def asked_who(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« On ne sait pas qui doit payer », « savoir à qui il revient de payer », « examiner si la loi doit changer »."""
    start = trigger.group.start
    for j in range(start - 1, max(start - 9, 0), -1):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS or sentence.low(j) == ",":
            return None
        if sentence.low(j) in closed.INTERROGATIVES:
            k = j - 1 - (sentence.low(j - 1) in closed.DE_A)
            k = k - 1 if sentence.low(k) in closed.NEGATORS else k
            asks = sentence[k].verb and sentence.low(k).startswith(tuple(sentence.cues.wondering))
            return "question" if asks else None
    return None


def what_it_is(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« C'est ce que doit être une politique », « Ce qui devait être une fête »: says what it is."""
    start, end = trigger.group.start, trigger.group.end
    if sentence.follows(start - 2, *closed.WHAT) and trigger.group.tense == "imperfect":
        return "question" if sentence.low(end) in closed.BE_OR_HAVE else None
    what = sentence.low(start - 1) in closed.QUE and sentence.low(start - 2) in closed.DEMONSTRATIVES
    return "question" if what and sentence.low(end) in closed.BE_OR_HAVE else None


def title(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Nécessité de réformer le système »: a heading, with no finite verb."""
    opens = trigger.frame.pos == "noun" and trigger.token == 0
    return "title" if opens and not any(token.finite for token in sentence.tokens) else None


def headed(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Mesures que doit prendre le conseil »: a heading, whose only verb stands in a relative."""
    first_word, last = sentence[0], sentence[len(sentence) - 1]
    if first_word.tag != "NOUN" or first_word.verb or last.tag == "PUNCT" or len(sentence) > LONGEST_HEADING:
        return None
    opening = clause_start(sentence, trigger.group.start - 1) - 1
    relative = opening > 0 and sentence.low(opening) in closed.RELATIVES
    return "title" if relative and not any(token.finite for token in sentence.tokens[:opening]) else None


def mentioned(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Demander l'asile est un droit »: a mere mention, unless under a verb such as continuer or souhaiter."""
    group = trigger.group
    if group.tense != "infinitive" or trigger.construction in ("reflexive", "nominal"):
        return None
    told = _must_say(sentence, group.start) or _goes_on_saying(sentence, group.start)
    if told or narrated(sentence, group.start) or decider(sentence, group.start) is not None:
        return None
    j = group.start - 1
    if sentence.low(j) in closed.DE_A_PAR:  # « a fini par demander »
        j -= 1
    if sentence.low(j) == "pour":  # « [s'unissent] pour demander », « [profite] du débat pour demander »
        near = sentence.tokens[max(j - 7, 0) : j]
        rallying = tuple(sentence.cues.rallying)
        rallied = any((t.verb or t.tag == "ADJ") and t.low.startswith(rallying) for t in near)
        return None if rallied else "only mentioned"
    if sentence.low(j) == ",":  # « n'a cessé, depuis lors, d'inviter »
        j = next((k for k in range(j - 1, max(j - 12, 0), -1) if sentence.low(k) == ","), j) - 1
    while j >= 0 and (is_adverb(sentence, j) or sentence.low(j) in closed.CLITICS or sentence.low(j)[0] == "-"):
        j -= 1  # « Permettez-moi de demander »
    conditional = sentence.low(j - 1) == "qui"  # "toute Partie qui souhaite proposer un amendement"
    if j < 0 or conditional:
        return "only mentioned"
    verb = sentence[j].finite or sentence[j].infinitive
    word = sentence[j].noun or sentence[j].participle  # « j'ai l'honneur de demander », « a décidé de demander »
    carried = {sentence.low(j), sentence[j].lemma if verb else ""} if verb or word else set()
    if carried & closed.PERMITS and not _of_us(sentence, j):
        return "only mentioned"
    return "only mentioned" if sentence.cues.carrier.isdisjoint(carried) else None


def _of_us(sentence: Sentence, verb: int) -> bool:
    """Whether the speaker is permitted: « Permettez-[moi] de demander », but « Le bail ne lui permet pas d'exiger »."""
    beside = sentence.lows[max(verb - 5, 0) : verb] + sentence.lows[verb + 1 : verb + 3]
    return any(low.lstrip("-") in closed.US for low in beside)


def _must_say(sentence: Sentence, infinitive: int) -> bool:
    """Whether an infinitive is said all the same: « ne peut qu'[inviter] », « ne saurait trop », « n'hésite pas à »."""
    j = infinitive - 1 - (sentence.low(infinitive - 1) == "à")
    limited = False
    while j > 0 and (sentence.low(j) in closed.QUE or is_adverb(sentence, j)):
        limited = limited or sentence.low(j) in closed.QUE or sentence.low(j) == "trop"
        j -= 1
    near = [sentence.low(k) for k in range(max(j - 2, 0), j)]
    said = sentence[j].lemma in closed.ABLE if limited else sentence[j].lemma == "hésiter"
    return said and not closed.NEGATION.isdisjoint(near)


def _goes_on_saying(sentence: Sentence, start: int) -> bool:
    """Whether "et" joins it to an infinitive said all the same: « On ne peut qu'inviter et leur [recommander] de »."""
    if sentence.low(start - 1) not in closed.AND_OR:
        return False
    before = next((j for j in range(start - 2, max(start - 20, 0), -1) if sentence[j].infinitive), None)
    return before is not None and _must_say(sentence, before)


def quoted_title(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« un chapitre intitulé « De la nécessité de déclarer les naissances » »: the title of a text."""
    opening = next((j for j in range(trigger.group.start - 1, 0, -1) if sentence.low(j) in closed.QUOTES), 0)
    named = sentence.low(opening - 1) in closed.ENTITLED or sentence.follows(opening - 2, *closed.FOR_TITLE)
    closes = any(sentence.low(j) in closed.QUOTES for j in range(opening + 1, trigger.token))
    return "title" if opening and named and not closes else None


def evidence(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Les données suggèrent que la loi [a] servi »: says what is so; what is suggested is in the subjunctive."""
    if trigger.frame.lemma not in closed.SUGGESTS:
        return None
    que = skip_adverbs(sentence, trigger.group.end)
    verb = next_verb(sentence, que + 1) if sentence.low(que) in closed.QUE else None
    return "a fact" if verb is not None and sentence.low(verb) in closed.IS | closed.HAS_DONE else None


MENTIONS = (in_passing, asked_who, what_it_is, title, headed, quoted_title, evidence, mentioned)
