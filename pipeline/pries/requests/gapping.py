"""Gapping: further addressees, each with actions of its own, that share the one trigger.

"La Cour demande : au [maire], de [payer] ; à la [régie], de [publier]"

"Invite les [donateurs] à [financer] le réseau et le [Fonds] à [publier] ses comptes" -> two of each, one request
"""

from __future__ import annotations

from collections.abc import Collection

from pries.grammar import words as closed
from pries.grammar.items import after_joint
from pries.grammar.joints import after_joint_of_actors, skip_adverbs
from pries.grammar.phrases import Phrase, is_determiner, phrase_at
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import phrase_beginning, undergone
from pries.requests.addressees import BEHIND, clause_subject
from pries.requests.cast import Cast, Filler
from pries.requests.clauses import NOMINAL, clauses
from pries.requests.complements import infinitive_at
from pries.requests.coordination import Action, Complement, infinitives, list_goes_on
from pries.requests.nominals import action_noun_after
from pries.requests.speech import opener
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary

MARKED = ("de", "à")
CLAUSE_BEFORE = {"à_ce_que": closed.CE, "pour": closed.FOR_QUE}
# With which a clause goes on, by the slot of what is asked before.
CLAUSE_TOO = {"de": "que", "noun": "que", "à_noun": "à_ce_que", "à": "à_ce_que", "pour": "pour"}
SLOTS = {"object": MARKED, "à": MARKED, "pour": ("de",), "subject": ("bare", "de")}  # by the place of the addressee
CLAUSES = frozenset(CLAUSE_TOO.values()) - {"à_ce_que"}  # the slots of a clause that a further addressee may repeat
AGAIN = {"à": closed.TO, "pour": frozenset(("pour",))}  # what stands before a further addressee as before the first


def further(
    cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary, named: list[Filler]
) -> list[Filler]:
    """The addressees that share the trigger further on, but for those `named` already; their actions are added."""
    found = gapped(cast, trigger, complement, words) + clause_too(cast, trigger, complement, words)
    known = {filler.name for filler in named}
    return [filler for filler in found if filler.name not in known]


def gapped(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler]:
    """The addressees that share the trigger further on; their actions are added to the complement."""
    frame = trigger.frame
    if complement.slot in CLAUSES and frame.addressee in BEHIND:
        return _with_que(cast, complement, BEHIND[frame.addressee])
    if complement.slot == "noun" and frame.addressee == "à":
        return _with_nouns(cast, complement, words)
    if complement.slot not in SLOTS.get(frame.addressee, ()):
        return []
    sentence, fillers = cast.sentence, []
    j = complement.actions[0].head + 1
    while j < len(sentence) and (low := sentence.lows[j]) != ":":
        if low != ";" and low not in closed.ACTOR_JOINTS:  # nearly always
            j += 1
            continue
        if j + 1 < len(sentence) and sentence[j + 1].finite and sentence[j + 1].lemma in sentence.cues.asking:
            break  # « de publier, et [prie] la Division des cartes et du cadastre de »
        begin = after_joint(sentence, j) if low == ";" else after_joint_of_actors(sentence, j)
        place = _addressee(cast, begin, frame.addressee, words) if begin > j else None
        apart = low == ";" or frame.addressee != "object"
        marker = None if place is None else _marker(sentence, place.end, complement.slot, apart)
        if place is not None and marker is None:  # « et à la Grèce et au Mali de »
            end = _list_end(cast, place.end, frame.addressee, words)
            marker = _marker(sentence, end, complement.slot, apart) if end > place.end else None
        found = None if marker is None else infinitive_at(sentence, marker + 1)
        if place is None or marker is None or found is None:
            # « … ; aux maires, de publier » goes on, a new clause does not
            if low == ";" and not list_goes_on(sentence, j):
                break
            j += 1
            continue
        further = infinitives(sentence, marker, complement.slot, found, words)
        _add(complement, j, further.actions)
        # « et les chauffeurs [être payés] à l'heure »: by whom is not said
        acts = frame.addressee != "subject" or not all(undergone(sentence, head) for head in further.heads)
        if acts and (place.head in cast.at or sentence[place.head].tag != "DET"):
            fillers += cast.of_phrase(place, False, AGAIN.get(frame.addressee, ()), animate=True)
        j = found[0] + 1  # a further addressee may stand before the next of these actions
    return fillers


def _with_que(cast: Cast, complement: Complement, preposition: Collection[str]) -> list[Filler]:
    """« exige des parties qu'elles négocient et des [donateurs] qu'ils [paient] »."""
    sentence, fillers = cast.sentence, []
    for j in range(complement.actions[-1].head + 1, len(sentence)):
        if sentence.low(j) in closed.STRONG_MARKS:
            break
        if sentence.low(j) not in closed.AND_OR or sentence.low(j + 1) not in preposition:
            continue
        phrase = phrase_at(sentence, j + 2)
        que = len(sentence) if phrase is None else phrase.end + (sentence.low(phrase.end) in closed.FOR_QUE)
        if phrase is None or sentence.low(que) not in closed.QUE or sentence.low(que + 1) not in closed.THIRD_PERSON:
            continue
        further = clauses(sentence, que, complement.slot)
        named = cast.of_phrase(phrase, issuer=False, animate=True, note=False)
        if further is not None and named:
            _add(complement, j, further.actions)
            fillers += named
    return fillers


def _with_nouns(cast: Cast, complement: Complement, words: Vocabulary) -> list[Filler]:
    """« demande à la régie la réparation des pompes et aux [communes] le [curage] des fossés »."""
    sentence, fillers = cast.sentence, []
    for j in range(complement.actions[-1].head + 1, len(sentence) - 2):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            break
        if sentence.low(j) not in closed.AND_COMMA or sentence.low(j + 1) not in closed.TO:
            continue
        phrase = phrase_at(sentence, j + 2)
        noun = action_noun_after(sentence, phrase.end, words) if phrase else None
        if phrase is None or noun is None or not is_determiner(sentence[phrase.end]):
            continue
        _add(complement, j, [Action(noun, phrase.end, noun + 1)])
        fillers += cast.of_phrase(phrase, issuer=False, animate=True, note=False)
    return fillers


def clause_too(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler]:
    """Who acts in a clause behind infinitives or nouns, which is added: « demande de payer et que le [juge] paie ».

    Not behind a "que" in what is asked before, with which the clause would go: « de veiller à ce que … et que ».
    """
    sentence, begin = cast.sentence, complement.heads[0] + 1
    slot = CLAUSE_TOO.get(complement.slot)
    if slot is None or (slot not in trigger.slots and "voeux" not in trigger.slots):
        return []
    if closed.QUE.isdisjoint(sentence.lows[begin:]) or opener(sentence, trigger.group.start) is not None:
        return []  # « dit qu'il convient de payer et que le juge a raison »
    for j in range(begin, len(sentence) - 1):
        if slot == "à_ce_que" and sentence.low(j) in closed.AND_OR and sentence.follows(j + 1, *closed.TO_THIS_QUE):
            j += 2  # « appelle à la reprise du dialogue et à ce que les [juges] y soient associés »
        if slot == "pour" and sentence.low(j) in closed.AND_OR and sentence.low(j + 1) in closed.FOR_QUE:
            j += 1
        low = sentence.low(j)
        que = _que_behind(sentence, j) if slot == "que" else j + 1
        if low == ";" and sentence.low(que) not in closed.QUE and list_goes_on(sentence, j):
            continue  # « deuxièmement, d'agir ; troisièmement, que le juge … »
        limits = low in closed.QUE and sentence.low(j + 1) in closed.PREPOSITIONS  # « de n'agir qu'en cas de besoin »
        if limits and not closed.NEGATION.isdisjoint(sentence.lows[complement.marker : j]):
            continue
        if (low in closed.STRONG_MARKS and sentence.low(que) not in closed.QUE) or low in closed.QUE:
            return []
        if sentence[j].finite:
            return []
        joins = low in closed.AND_OR or low == ";" or low in CLAUSE_BEFORE.get(slot, ())
        if joins and sentence.low(que) in closed.QUE:
            further = clauses(sentence, que, slot)
            if further is None:
                return []
            _add(complement, j, further.actions)
            return clause_subject(cast, trigger, further, words) or []
    return []


def _que_behind(sentence: Sentence, joint: int) -> int:
    """Where "que" stands behind a joint: « et, surtout, [que] le public », « ; troisièmement, [que] le juge »."""
    return after_joint(sentence, joint) if sentence.low(joint) == ";" else skip_adverbs(sentence, joint + 1)


def _addressee(cast: Cast, begin: int, slot: str, words: Vocabulary) -> Phrase | None:
    """The noun phrase of somebody, or "ceux", at `begin`: « et le [Fonds] à publier », « et à [ceux] qui … de »."""
    sentence, behind = cast.sentence, AGAIN.get(slot)
    if not behind and sentence.low(begin) in closed.CLITICS and infinitive_at(sentence, begin) is not None:
        return None  # « et la lui présenter »
    if behind:
        if sentence.low(begin) not in behind:
            return None
        if phrase_beginning(sentence, begin):  # « , à défaut de »
            return None
        begin += 1
    if sentence.low(begin) in closed.CELUI and sentence.low(begin + 1) in closed.RELATIVES:
        return Phrase(begin, begin + 1, begin)
    if sentence.low(begin) in closed.CELUI and sentence.low(begin + 1) in closed.OF:  # « et [ceux de la plaine] à »
        of = phrase_at(sentence, begin + 2)
        return None if of is None else Phrase(begin, of.end, begin)
    pointed = cast.at.get(begin)
    ranks = sentence.low(begin + 1) in closed.NTH or sentence.low(begin + 1) in closed.ANOTHER
    points = ranks or sentence.low(begin) in closed.CELUI_CI or sentence.low(begin) in closed.DEMONSTRATIVES
    if points and pointed is not None and pointed.pronoun:  # « et à [ces derniers] de »
        return Phrase(pointed.start, pointed.end, pointed.start)
    if ranks and pointed is None and sentence.low(begin) in closed.ARTICLES:  # « et [les premières] à »: of those named
        return Phrase(begin, begin + 2, begin)
    if slot == "subject" and sentence.low(begin) in closed.OF:
        return None  # « soutenir l'action des villes et des [régions], les aider »
    phrase = phrase_at(sentence, begin)
    named = phrase is not None and sentence[begin].form[:1].isupper()
    each = sentence.low(begin) in closed.EACH_OF  # « et [chacun des services] à publier »
    if phrase is None or not (named or is_determiner(sentence[begin]) or each or behind):
        return None  # « et encourageant le Fonds à … »
    known = cast.at.get(phrase.head)
    if known is None and sentence[phrase.head].tag not in NOMINAL:
        return None
    if known is None and not sentence[phrase.head].form[:1].isupper():
        # « et les [antennes], bâtir », but « et, chaque trimestre, bâtir » and « d'autre part, bâtir » say when, how
        aside = sentence.low(begin - 1) == sentence.low(phrase.end) == "," or sentence.low(begin) in closed.OF
        may = bool(behind) or not aside
        return phrase if may and _may_act(sentence, phrase, words) else None
    return phrase if known is None else Phrase(phrase.start, max(known.end, phrase.end), phrase.head)


def _list_end(cast: Cast, end: int, slot: str, words: Vocabulary) -> int:
    """The rank after those who are coordinated to the addressee that ends before `end`."""
    for _ in range(6):
        begin = after_joint_of_actors(cast.sentence, end)
        beside = _addressee(cast, begin, slot, words) if begin > end else None
        if beside is None:
            break
        end = beside.end
    return end


def _may_act(sentence: Sentence, phrase: Phrase, words: Vocabulary) -> bool:
    """Whether an unknown noun may have to act: « et à ses [diététiciennes] de … », but not « et au droit de … »."""
    head, low = phrase.head, sentence.low(phrase.head)
    if words.is_action_noun(sentence, head) or low in sentence.cues.thing or low in sentence.cues.document:
        return False
    return not any(words.governs(sentence, k, "de") for k in (phrase.end - 1, head))


def _marker(sentence: Sentence, end: int, slot: str, apart: bool) -> int | None:
    """The marker of the infinitive behind an addressee that ends before `end`; a relative of it is stepped over.

    `apart`: a comma may stand behind the addressee: « … ; aux maires[,] de publier », but not « avec les maires, de ».
    """
    end += sentence.low(end) in closed.EMPHATIC  # « et la Cour [elle-même] à publier »
    comma = apart and sentence.low(end) == "," and _opens(sentence, end + 1, slot)
    j = end + 1 if comma else skip_adverbs(sentence, end)
    if sentence.low(j) in closed.RELATIVES:
        verb = next((k for k in range(j + 1, min(j + 12, len(sentence))) if sentence[k].finite), None)
        governs = verb is not None and slot == "bare" and sentence[verb].lemma in closed.MODALS
        verb = len(sentence) if verb is None or governs else verb  # « qui peuvent bâtir »
        stop = next((k for k in range(verb + 1, len(sentence)) if sentence[k].finite), len(sentence))
        j = next((k for k in range(verb + 1, min(verb + 16, stop)) if _opens(sentence, k, slot)), j)
    if not _opens(sentence, j, slot):
        return None
    return j - 1 if slot == "bare" else j  # « … et les régions [bâtir] »: its infinitive stands in place of a marker


def _opens(sentence: Sentence, j: int, slot: str) -> bool:
    if slot == "bare":
        before = j - 1
        while sentence.low(before) in closed.CLITICS_OR_NEGATION:
            before -= 1
        claimed = sentence.low(before) in closed.CLAIMS_INFINITIVE
        return not claimed and infinitive_at(sentence, j) is not None
    marks = sentence.low(j) in closed.DE if slot == "de" else sentence.low(j) == slot
    return marks and infinitive_at(sentence, j + 1) is not None


def _add(complement: Complement, joint: int, actions: list[Action]) -> None:
    """Add actions that the complement does not have yet, in order; those before end at the joint."""
    known = set(complement.heads)
    for action in complement.actions:
        if action.head < joint:
            action.end = max(min(action.end, joint), action.head + 1)
    complement.actions += [action for action in actions if action.head not in known]
    complement.actions.sort(key=lambda action: action.head)
