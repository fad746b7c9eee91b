"""Pronouns: which pronouns of a sentence may stand for an actor, with number, gender and place, by rules.

"Les participants [les] ont exhortés à agir; [ils] ont souhaité qu'il soit agi" -> les, ils, but not the impersonal "il"
"""

from __future__ import annotations

from pries.actors import partitives
from pries.actors.clitics import (
    BEFORE_PARTICIPLE,
    agreement,
    asked,
    asked_before,
    is_object,
    own_subject,
    subject_of,
    wished,
)
from pries.actors.impersonals import impersonal, upright
from pries.actors.partitives import behind_aside
from pries.actors.standing import Pronoun
from pries.base.rules import first
from pries.grammar import words
from pries.grammar.inserted.hearsay import believed
from pries.grammar.pronominal.first_word import behind_it_is
from pries.grammar.sentence import Sentence


def pronouns(sentence: Sentence) -> list[Pronoun]:
    """The third-person pronouns of a sentence that may stand for actors, in order."""
    found = []
    for i, low in enumerate(sentence.lows):
        rules = PRONOUNS.get(low) or (INVERTED if low[0] == "-" else ())
        if rules is OBJECTS and _is_article(sentence, i):  # nearly always
            continue
        if rules and (pronoun := first(rules, sentence, i)[0]) is not None:
            acts = not pronoun.is_object and asks(sentence, behind_aside(sentence, pronoun.end))
            pronoun.asking = pronoun.asking or acts
            if pronoun.resumes is None:
                pronoun.resumes = _resumes(sentence, i)
            if not (pronoun.is_object or pronoun.role):
                end = behind_aside(sentence, pronoun.end)
                owes = _owes(
                    sentence, end + (sentence.low(end) in words.RELATIVE_SUBJECTS)
                )  # « c'est [elle] qui doit »
                pronoun.owing = owes is not None
                pronoun.deed = owes is not None and _deed(sentence, owes)
            found.append(pronoun)
    return found


def _resumes(sentence: Sentence, i: int) -> int | None:
    """Where "quant" stands, if the pronoun takes up whom it names: « Quant aux [maires], il leur incombe d'agir »."""
    if "quant" not in sentence.lows[:i]:
        return None
    near = range(i - 1, max(i - 4, -1), -1)
    comma = next((j for j in near if sentence.low(j) == ","), None)
    behind = range(comma - 1, max(comma - 12, -1), -1) if comma else ()
    return next((j for j in behind if sentence.low(j) == "quant"), None)


def _is_article(sentence: Sentence, i: int) -> bool:
    """Whether "le", "la" or "l'" is an article for certain: before a noun, « [la] loi », « [le] maire »."""
    if sentence.lows[i] not in words.SINGULAR_ARTICLES or i + 1 == len(sentence):
        return False
    after = sentence.tokens[i + 1]
    return after.noun and after.verb != "finite" and after.low not in words.NO_ARTICLE_BEFORE


def _subject(sentence: Sentence, i: int) -> Pronoun | None:
    """A subject: « [ils] ont prié », « a-t[-elle] ajouté »."""
    inverted = sentence.lows[i][0] == "-"
    number_and_gender = words.IL_ELLE.get(upright(sentence, i))
    if number_and_gender is None or impersonal(sentence, i):
        return None
    aside = sentence.follows(i - 2, ",", "qu'") and sentence.low(i + 1) in words.SUBJUNCTIVE
    plural, feminine = number_and_gender
    both = sentence.low(i - 2) in words.THIRD_PERSON and sentence.low(i - 1) in words.AND_OR_SLASH  # "ils et elles"
    gender = None if both else feminine
    found = Pronoun(i, i + 1, plural, gender, inverted=inverted, aside=aside)
    if inverted:
        found.opens = _clause_mark(sentence, i)
        found.opens_aside = next((j for j in range(i - 1, max(i - 6, -1), -1) if sentence.low(j) == ","), -1)
    found.asking = inverted and asks(sentence, i - 1)  # « disent-ils », « répond-elle »
    found.behind_comma = sentence.low(i - 1) == ","
    found.told = sentence.low(i - 1) in words.QUE and not sentence[i - 2].noun
    found.own = subject_of(sentence, wished(sentence, i))
    found.beside = sentence.low(i - 2) in words.AND_OR and sentence.low(i - 1) in words.QUE
    return found


def _owes(sentence: Sentence, j: int) -> int | None:
    """The rank after the form of devoir that begins at `j`: « elle [aurait dû] prévenir », « celui-ci [doit] »."""
    if sentence.low(j).startswith(words.OWES):
        return j + 1
    return j + 2 if sentence.low(j) in words.AVOIR and sentence.low(j + 1) in words.DUE else None


def _deed(sentence: Sentence, j: int) -> bool:
    """Whether somebody has to do what the infinitive says that stands at `j`, or behind an aside that begins there."""
    action = next((token for token in sentence.tokens[j : j + 7] if token.infinitive), None)
    return action is not None and action.lemma not in sentence.cues.effect


def asks(sentence: Sentence, j: int) -> bool:
    """Whether the verb that begins at `j` has somebody as its subject: « Elle les [a instamment priés] »."""
    for _ in range(2):  # « Elle avait pourtant[, dès mars,] prié »
        while j < len(sentence) and (sentence.low(j) in BEFORE_PARTICIPLE or sentence[j].tag == "ADV"):
            j += 1
        j = behind_aside(sentence, j)
    if sentence.low(j) in words.ETRE:  # « ceux-ci sont invités »
        return any(token.participle and token.lemma in sentence.cues.asking for token in sentence.tokens[j + 1 : j + 3])
    return sentence.low(j).startswith(sentence.cues.wills)


def told_by(sentence: Sentence, start: int) -> bool:
    """Whether who is named at `start` makes something known: « …, a fait remarquer le [sénateur] »."""
    return sentence[start - 1].infinitive and sentence.low(start - 2) in words.MADE and says_before(sentence, start)


def says_before(sentence: Sentence, start: int) -> bool:
    """Whether an aside of speech has as its subject who is named at `start`: « …, a noté le [sénateur]. Il … »."""
    if start < 2 or not sentence[start - 1].verb or not sentence.low(start - 1).startswith(sentence.cues.wills):
        return False
    j, finite = start - 1, False
    while j > 0 and sentence[j].verb:
        finite = finite or sentence[j].finite
        j -= 1
    return finite and sentence.low(j) in words.BEFORE_ASIDE


def _source(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose opinion is told: « selon [eux] », « d'après [lui] »."""
    low = sentence.lows[i]
    opening = i == 1 and sentence.low(0) in words.AS_FOR and sentence.low(2) == ","  # « Pour elle, »
    if sentence.low(i - 1) == "par" and low in words.LUI_EUX:  # « soit entendu par [elle] »
        return Pronoun(
            i, i + 1, *words.LUI_EUX[low], role="oblique", own=subject_of(sentence, _verb_before(sentence, i))
        )
    told = low in words.LUI_EUX and (opening or sentence.low(i - 1) in words.ACCORDING)
    return Pronoun(i, i + 1, *words.LUI_EUX[low], view=True) if told else None


def _verb_before(sentence: Sentence, i: int) -> int | None:
    """The rank of the conjugated verb nearest before rank `i`."""
    return next((j for j in range(i - 1, max(i - 12, -1), -1) if sentence[j].finite), None)


def _cleft(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose turn it is: « c'est à [lui] de payer », « il appartient à [elles] seules de payer »."""
    known = words.LUI_EUX.get(sentence.lows[i])
    before = sentence.low(i - 2)
    to = known and sentence.low(i - 1) == "à" and (before in sentence.cues.impersonal or before in words.ETRE)
    if not known or not to:
        return None
    dislocated = sentence.low(i - 4) == "," and sentence.low(i - 3) in words.CE  # « les [notaires], c'est à eux de »
    return Pronoun(i, i + 1, *known, dative=True, resumes=_clause_mark(sentence, i) - 1 if dislocated else None)


def _charged(sentence: Sentence, i: int) -> Pronoun | None:
    """Who gets something with a duty: « confie la régie au [syndicat], à charge pour [lui] de payer »."""
    charged = sentence.follows(i - 2, "charge", "pour")
    return Pronoun(i, i + 1, *words.LUI_EUX[sentence.lows[i]], latter=True) if charged else None


def _picked_out(sentence: Sentence, i: int) -> Pronoun | None:
    """Who is picked out as the one who acts: « c'est [lui] qui a prié »."""
    known = words.LUI_EUX.get(sentence.lows[i])
    if not known or not behind_it_is(sentence, i):
        return None
    qui = next((j for j in range(i + 1, i + 6) if sentence.low(j) in words.RELATIVE_SUBJECTS), None)
    return None if qui is None else Pronoun(i, i + 1, *known, asking=asks(sentence, qui + 1))


def _emphatic(sentence: Sentence, i: int) -> Pronoun | None:
    """A subject with emphasis: « [Lui] aussi a proposé », « [Lui-même] a proposé », cut by the tokeniser."""
    known = words.LUI_EUX.get(sentence.lows[i])
    if known is None:
        return None
    if sentence.low(i + 1) == "-" and sentence.low(i + 2) in words.SELF:
        return Pronoun(i, i + 3, *known)
    if sentence.lows[i] in words.IL_ELLE:
        return None
    too = sentence.low(i + 1) in words.TOO
    after = sentence[i + 1 + too] if i + 1 + too < len(sentence) else None
    speaks = (
        after is not None and (after.finite or after.tag == "AUX") and sentence.low(i - 1) not in words.PREPOSITIONS
    )
    return Pronoun(i, i + 1, *known) if speaks and (too or sentence.lows[i] in words.EUX) else None


def _owner(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose view is told: « à [son] avis », « de [leur] point de vue »."""
    own = sentence.lows[i] in words.POSSESSIVES and sentence.low(i - 1) in words.BEFORE_VIEW
    owner = own and any(sentence.follows(i + 1, *view.split()) for view in sentence.cues.view)
    states = sentence.lows[i] in words.POSSESSIVES and _states(sentence, i)
    burdened = own and sentence.low(i - 1) in words.DE and sentence.low(i + 1) in sentence.cues.burden
    if not (owner or burdened or states):  # « il est de [leur] devoir de »
        return None
    plural = sentence.lows[i] in words.THEIR
    return Pronoun(i, i + 1, plural, None, asking=True, view=owner)


def _states(sentence: Sentence, i: int) -> bool:
    """Whether a statement begins at `i` that a colon follows, with no comma between: « [sa] position est claire : »."""
    if ":" not in (near := sentence.lows[i : i + 12]):  # nearly always
        return False
    mark = next((low for low in near if low in (",", ".", ";", ":")), "")
    opens = mark == ":" and (i == 0 or sentence[i - 1].tag in ("PUNCT", "CCONJ"))
    return opens and any(sentence.follows(i + 1, *noun.split()) for noun in sentence.cues.statement)


def _clause_mark(sentence: Sentence, i: int) -> int:
    """The rank after the last strong mark before rank `i`."""
    return next((j + 1 for j in range(i - 1, -1, -1) if sentence.low(j) in words.STRONG_MARKS), 0)


def _latter(sentence: Sentence, i: int) -> Pronoun | None:
    """The one named last: « [ce dernier] a prié », « [ceux-ci] ont prié », « [celle -là] »."""
    low, after = sentence.lows[i], sentence.low(i + 1)
    if low in words.CELUI_CI:
        return _placed(sentence, Pronoun(i, i + 1, *words.CELUI_CI[low], latter=True))
    if low in words.DEMONSTRATIVES:
        points = after in words.LATTER and not (i + 2 < len(sentence) and sentence[i + 2].noun)
    else:
        points = after in words.AFTER_CELUI
    if not points:
        return None
    end = i + (3 if after == "-" else 2)
    return _placed(sentence, Pronoun(i, end, *words.CE_CELUI[low], latter=True))


def _placed(sentence: Sentence, found: Pronoun) -> Pronoun:
    """The pronoun with its place, as of any noun: « il incombe à [celui-ci] », « invite [ces derniers] »."""
    before, asking = sentence.low(found.start - 1), asked_before(sentence, found.start)
    found.asking = asking is not None
    behind = "dative" if before in words.TO else "oblique" if before in words.PREPOSITIONS else ""
    found.role = behind or ("object" if found.asking else "")
    found.own = subject_of(sentence, wished(sentence, found.start) if asking is None else asking)
    return found


def _heard(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose words are told: « à [l']en croire », « à [les] entendre »."""
    return Pronoun(i, i + 1, sentence.lows[i] == "les", None, asking=True, view=True) if believed(sentence, i) else None


def _object(sentence: Sentence, i: int) -> Pronoun | None:
    """An object: « les participants [les] ont exhortés »."""
    low = sentence.lows[i]
    if low not in words.LE_LUI or not is_object(sentence, i):
        return None
    plural, feminine = words.LE_LUI[low]
    gender = feminine if feminine is not None else agreement(sentence, i)
    own = next((j + 1 for j in range(i - 1, -1, -1) if sentence[j].finite), 0)
    reduced = sentence[i + 1].gerund
    dative = low in words.DATIVE_CLITICS
    return Pronoun(
        i, i + 1, plural, gender, True, dative, reduced=reduced, clause=own, fronted=_fronted(sentence),
        asking=asked(sentence, i + 1, dative), own=own_subject(sentence, i),
    )  # fmt: skip


INVERTED = (_subject,)
STRESSED = (_charged, _source, _cleft, _picked_out, _emphatic)
OBJECTS = (partitives.nth, partitives.both, partitives.ones, partitives.the_others, _heard, _object)
PRONOUNS = {  # the rules by the word with which the pronoun begins
    **dict.fromkeys(words.IL_ELLE, INVERTED),
    **dict.fromkeys(words.LUI_EUX.keys() & words.IL_ELLE.keys(), (*STRESSED, *INVERTED)),
    **dict.fromkeys((*words.CELUI_CI, *words.CE_CELUI), (_latter, partitives.those, partitives.of_another)),
    **dict.fromkeys(words.LE_LUI, OBJECTS),
    **dict.fromkeys(words.LUI_EUX.keys() - words.IL_ELLE.keys(), (*STRESSED, partitives.the_others, _object)),
    **dict.fromkeys(words.POSSESSIVES, (_owner, partitives.the_others, _object)),
    **dict.fromkeys(words.ONE, (partitives.one_of_them, partitives.another)),
    **dict.fromkeys(
        words.QUANTIFIED, (partitives.both, partitives.the_others, partitives.several_of_them, partitives.several)
    ),
    **dict.fromkeys(words.PART_OF_THEM, (partitives.several_of_them,)),
    **dict.fromkeys(words.EACH_OF, (partitives.one_of_them, partitives.each)),
    **dict.fromkeys(words.TO_THE, (partitives.nth, partitives.ones)),
    **dict.fromkeys(words.OTHERS, (partitives.the_others,)),
    "d'": (partitives.others,),
    "quelques": (partitives.some,),
}


def _fronted(sentence: Sentence) -> bool:
    """Whether the sentence opens with an adjunct ("Compte tenu de …", "Conformément à …", "Étant donné …")."""
    low = sentence.low(0)
    return low in words.PREPOSITIONS or low in sentence.cues.fronting or sentence[0].gerund
