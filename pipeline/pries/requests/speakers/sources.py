"""Sources: phrases that name whose words a sentence tells.

"Selon le [rapport], il faut agir", "De l'avis de l'[orateur], …", "À [ses] yeux, …", "Pour les [auteurs], …"
"""

from __future__ import annotations

from pries.grammar import words as closed
from pries.grammar.phrases import Phrase, head_after, phrase_at, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject


def source(sentence: Sentence, start: int) -> Subject | None:
    """Who "selon X", "d'après X", "de l'avis de X", "aux termes de X" names, for the verb at `start`."""
    sources, named = sentence.cues.sources, None
    if not sources.keys().isdisjoint(sentence.lows):  # few have one
        places = (j for j, low in enumerate(sentence.lows) if low in sources)
        named = next((found for j in places if (found := _source_at(sentence, j, start))), None)
    return _for_my_part(sentence, start) or named or _in_ones_eyes(sentence, start)


def _for_my_part(sentence: Sentence, start: int) -> Subject | None:
    """« Pour M. Novák, il faut agir », « Le préfet a cédé ; pour les auteurs, au contraire, il faut agir »."""
    if "pour" not in sentence.lows[:start]:  # nearly always
        return None
    semicolon = next((j for j in range(start - 1, -1, -1) if sentence.low(j) == ";"), -1)
    j = semicolon + 1 + (sentence.low(semicolon + 1) in closed.BUT | closed.AND_OR)
    if sentence.low(j) != "pour" or (semicolon < 0 and j > 0):
        return None
    if sentence.low(j + 1) in closed.LUI and sentence.low(j + 2) == ",":
        return Subject(None, j + 1)
    head = head_after(sentence, j + 1)
    if head is None:
        return None
    phrase = phrase_of(sentence, head)
    if is_voice(sentence, phrase):
        comma = next((j for j in range(phrase.end, min(phrase.end + 8, len(sentence))) if sentence.low(j) == ","), None)
        apart = comma is not None and not any(token.verb for token in sentence.tokens[phrase.end : comma])
        return Subject(phrase, None) if apart else None
    if not sentence[head].form[:1].isupper() or sentence[head].plural:
        return None
    return Subject(phrase, None) if head == j + 1 or sentence.low(phrase.end) == "," else None


def is_voice(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the noun names somebody who holds views: « les [auteurs] », « l'[adjointe] »."""
    token = sentence[phrase.head]
    forms = {token.low, token.lemma.lower(), token.low.removesuffix("s"), token.low.removesuffix("x")}
    return not forms.isdisjoint(sentence.cues.voice)


def _in_ones_eyes(sentence: Sentence, start: int) -> Subject | None:
    """« À [ses] yeux, la loi est trop dure », « Il faudrait, de [leur] point de vue, attendre »."""
    if closed.POSSESSIVES.isdisjoint(sentence.lows):
        return None
    owners = (k for k, low in enumerate(sentence.lows) if low in closed.POSSESSIVES)
    places = (k for k in owners if k and is_view(sentence, k) and _bounded(sentence, k - 1, start))
    return next((Subject(None, k) for k in places), None)


def is_view(sentence: Sentence, k: int) -> bool:
    """Whether the possessive at `k` tells whose view it is: « à [son] avis »."""
    owner = sentence.low(k) in closed.POSSESSIVES and sentence.low(k - 1) in closed.BEFORE_VIEW
    return owner and any(sentence.follows(k + 1, *view.split()) for view in sentence.cues.view)


def _source_at(sentence: Sentence, j: int, start: int) -> Subject | None:
    """Whom the phrase at `j` names as the source, if one stands there; "selon X" holds to the next semicolon."""
    for words in reversed(sentence.cues.sources.get(sentence.low(j), ())):  # « selon les termes de », then « selon »
        if not sentence.follows(j, *words) or not _bounded(sentence, j, start):
            continue
        k = j + len(words)
        if " ".join(words) in sentence.cues.source_of:  # "de l'avis du Comité"
            if (host := _host(sentence, j, k)) is not None:
                return host
            k = over_adjectives(sentence, k)
            if sentence.low(k) not in closed.OF:
                continue
            k += 1
        elif sentence.low(k) in closed.RELATIVES:
            if j < start and (holder := _holder(sentence, j)) is not None:
                return holder
            continue
        elif sentence.low(k + 1) in sentence.cues.circumstance:
            continue
        if sentence.low(k) in closed.LUI or _points(sentence, k):
            return Subject(None, k)
        head = head_after(sentence, k)
        if head is not None and sentence.low(head) in sentence.cues.fact:  # « selon l'avis du Conseil »
            if sentence.low(head + 1) not in closed.OF:
                continue  # « selon un avis »
            head = head_after(sentence, head + 2)
        if head is not None:
            return Subject(phrase_of(sentence, head), None)
    return None


def over_adjectives(sentence: Sentence, k: int) -> int:
    """The rank after what qualifies an opinion: « de l'avis [largement partagé] des experts », « de l'aveu [même] »."""
    stop = min(k + 3, len(sentence))
    while k < stop and (sentence[k].tag in ("ADJ", "ADV") or sentence[k].participle or sentence.low(k) in closed.SELF):
        k += 1
    return k


def _host(sentence: Sentence, j: int, k: int) -> Subject | None:
    """What a relative behind the phrase stands for: « l'[arrêté], aux termes duquel l'armateur est tenu de »."""
    if sentence.low(k + (sentence.low(k) in closed.DE)) not in closed.OF_WHICH:
        return None
    end = j - (sentence.low(j - 1) == ",")
    heads = (m for m in range(max(end - 8, 0), end) if sentence[m].noun)
    phrase = next((one for one in (phrase_of(sentence, head) for head in heads) if one.end == end), None)
    return None if phrase is None else Subject(phrase, None)


def _points(sentence: Sentence, k: int) -> bool:
    """Whether a pronoun that points stands at `k`: « de l'avis de [celui-ci] », « selon [ce dernier] »."""
    low, after = sentence.low(k), sentence.low(k + 1)
    if low in closed.CELUI_CI or (low in closed.CELUI and after in closed.AFTER_CELUI):
        return True
    return low in closed.DEMONSTRATIVES and after in closed.LATTER and not sentence[k + 2].noun


def _holder(sentence: Sentence, j: int) -> Subject | None:
    """Whose the opinion is that "selon lequel" at `j` tells: « l'avis du [Comité] selon lequel il faut agir »."""
    for k in range(j - 1, max(j - 12, -1), -1):
        if sentence.low(k) in sentence.cues.fact:
            head = head_after(sentence, k + 2) if sentence.low(k + 1) in closed.OF else None
            return Subject(phrase_of(sentence, head), None) if head is not None and head < j else None
        if sentence[k].finite or sentence.low(k) in closed.STRONG_MARKS:
            return None
    return None


def _bounded(sentence: Sentence, j: int, start: int) -> bool:
    """Whether the phrase at `j` stands apart: at the head of the sentence or clause, or after a comma."""
    if any(sentence.low(k) == ";" for k in range(min(j, start), max(j, start))):
        return False
    told = sentence.low(j) == "selon" and sentence.low(j + 1) in closed.RELATIVES  # « l'avis selon lequel »
    told = told or (sentence.low(j + 1) in closed.LUI and sentence[j - 1].finite)  # « devrait selon lui être révisé »
    if (
        sentence.low(j) == "à" and sentence[j + 1].infinitive
    ):  # « , à entendre les syndicats, », not « appelé à parler et à »
        return j == 0 or sentence[j - 1].tag == "PUNCT"
    return j == 0 or told or sentence.low(j - 1) in closed.BEFORE_SOURCE


def result(sentence: Sentence, que: int) -> Subject | None:
    """What "il ressort de X que" names, for the "que" at that rank: « il résulte de l'[enquête] que … »."""
    for j in range(que - 1, max(que - 20, 0), -1):
        if sentence.low(j) in sentence.cues.results and sentence.low(j + 1) in closed.OF:
            phrase = phrase_at(sentence, j + 2)
            return Subject(phrase, None) if phrase is not None and phrase.end <= que else None
        if sentence[j].finite:
            return None
    return None


def holder(sentence: Sentence, que: int) -> Subject | None:
    """Whose the view is that "est que" tells: « L'avis des [riverains] est que la loi doit changer »."""
    if sentence.low(que - 1) not in closed.ETRE:
        return None
    for j in range(que - 2, max(que - 20, -1), -1):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            return None
        if (
            sentence.low(j) in sentence.cues.fact | sentence.cues.view | sentence.cues.statement
            and sentence.low(j + 1) in closed.OF
        ):
            head = head_after(sentence, j + 2)
            return Subject(phrase_of(sentence, head), None) if head is not None and head < que else None
    return None
