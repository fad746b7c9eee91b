"""Cast: the actors of one sentence, and the actors that a phrase or pronoun in it names.

"[les États Membres], [la société civile] et [le secteur privé]" -> three fillers
"[Ils]" -> the filler of its antecedent, with "Ils" as the words that stand there
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pries.base.rules import first
from pries.grammar import joints
from pries.grammar import words as closed
from pries.grammar.names.asides import before_clause, counted_aside
from pries.grammar.phrases import Phrase, is_determiner, phrase_at, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject
from pries.grammar.verbs import phrase_beginning
from pries.grammar.wording import bare
from pries.requests.asked.apposed import named_apart, told_twice
from pries.requests.asked.fillers import Filler, Known, head_of


@dataclass(frozen=True)
class Cast:
    """The actors of one sentence: its rows of the actors table (`named`).

    `refused` notes the nouns that were looked at for a role and are nobody, by the rank of the noun.
    """

    sentence: Sentence
    mentions: Sequence[dict]
    refused: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def at(self) -> dict[int, Known]:
        """The mention at each token of one; most sentences ask for nothing, and nobody asks for theirs."""
        found: dict[int, Known] = {}
        by_start = {token.start: token.i for token in self.sentence.tokens} if self.mentions else {}
        for m in self.mentions:
            start = by_start.get(m["start"])
            if start is None or start in found:  # inside the name of somebody else: a pronoun alone stands for it
                continue
            end = start + 1
            while end < len(self.sentence) and self.sentence[end].end <= m["end"]:
                end += 1
            known = Known(start, end, m["name"], m["actor"], m["type"], bool(m["antecedent"]))
            found |= dict.fromkeys(range(start, end), known)
        return found

    def of_subject(self, found: Subject | None, issuer: bool, animate: bool = False) -> list[Filler]:
        """The fillers of a subject: a noun phrase with those coordinated to it, or a pronoun's antecedent.

        `animate`: the verb says that its subject is somebody, whatever noun names it.
        """
        if found is None:
            return []
        if found.phrase is not None:
            return self.of_phrase(self._widened(found.phrase, animate), issuer, (), animate)
        assert found.pronoun is not None
        known = self.at.get(found.pronoun)
        if known is not None and (apposed := self._named_beside(known)):
            return apposed
        unnamed = known is None or (known.end == known.start + 1 and self.sentence.low(found.pronoun) in closed.UNNAMED)
        return [] if known is None or unnamed else self._fillers(known)

    def _named_beside(self, known: Known) -> list[Filler]:
        """Who is named behind a pronoun: « l'un d'eux, [M. Novák], a », « les deux autres, [le Togo et le Mali], »."""
        named = self.at.get(known.end + 1) if known.pronoun and self.sentence.low(known.end) == "," else None
        if named is None or not self.sentence[max(named.end - 1, 0)].form[:1].isupper():
            return []
        near = range(named.end, min(named.end + 8, len(self.sentence)))
        outside = next((j for j in near if j not in self.at and self.sentence.low(j) not in closed.AND_OR), 0)
        phrase = Phrase(named.start, named.end, head_of(self.sentence, named))
        return self.of_phrase(phrase, issuer=True) if self.sentence.low(outside) == "," else []

    def of_phrase(
        self, phrase: Phrase, issuer: bool, preposition: Collection[str] = (), animate: bool = False, note: bool = True
    ) -> list[Filler]:
        """The actors named by a noun phrase and by those coordinated to it, each behind `preposition` if given.

        `note`: a phrase that names nobody is noted among those refused.
        """
        fillers: list[Filler] = []
        current: Phrase | None = phrase
        while current is not None:
            one = self._one(current, issuer, animate)
            if not one:
                if not fillers and note:
                    self.refused.setdefault("issuer" if issuer else "addressee", []).append(phrase.head)
                break
            fillers.extend(one)
            last, current = current, self._next(current, preposition, animate)
            if current is None and counted_aside(self.sentence, phrase.start, last.end, len(fillers) - 1):
                return fillers[:1]
        return fillers

    def agent(self, start: int, stop: int, issuer: bool, near: bool = False) -> list[Filler]:
        """The actors that "par" introduces between two ranks; `near`: of a verb of asking, with no verb in between."""
        sentence = self.sentence
        for j in range(start, min(stop, len(sentence) - 1)):
            if sentence.low(j) == ";" or (near and (sentence[j].verb or sentence.low(j) in closed.OPENERS)):
                break
            elsewhere = j - 1 > start and sentence[j - 1].participle and not sentence[j - 2].participle
            if sentence.low(j) != "par" or elsewhere or joints.means(sentence, j + 1):
                continue  # « affectés par les changements introduits par les États »: of another participle
            phrase = phrase_at(sentence, j + 1 + (sentence.low(j + 1) in closed.OF_THE))  # « par du [personnel] formé »
            if (known := self.at.get(j + 1)) and known.pronoun:  # « que le trésorier soit entendu par [elle] »
                joined = (
                    sentence.low(j + 2) in closed.AND_OR and sentence.low(j + 3) == "par"
                )  # « par lui et par le [maire] »
                other = phrase_at(sentence, j + 4) if joined else None
                return self._fillers(known) + (self.of_phrase(other, issuer, ("par",)) if other else [])
            fillers = self.of_phrase(phrase, issuer, ("par",), animate=near, note=False) if phrase else []
            if fillers:
                return fillers
        return []

    def _widened(self, phrase: Phrase, animate: bool) -> Phrase:
        """The first of the actors to which `phrase` is the last: « [les États], la société civile et X ont … »."""
        sentence = self.sentence
        for _ in range(12):
            begin = phrase.start - (
                sentence.low(phrase.start - 1) in closed.ARTICLES
            )  # « le Pr Sy », named without "le"
            begin -= sentence.low(begin - 1) in closed.TITLES  # « Monsieur le maire »
            j = joints.before_joint_of_actors(sentence, begin - 1)
            listed = sentence.low(begin - 1) == "," and j == begin - 2
            paired = j == begin - 1 and sentence.low(j) in closed.QUE and self._correlated(j)
            if (j := j - paired) == begin - 1:
                break
            end = joints.before_acronym(sentence, j if listed else joints.before_relative_aside(sentence, j))
            before = self._ending(end, animate) or self._ending(before_clause(sentence, end), animate)
            if before is None or (listed and not self._in_list(phrase, animate)):
                break
            if sentence.low(before.start - 1) in closed.PREPOSITIONS or sentence[before.start - 1].infinitive:
                break
            phrase = before
        return phrase

    def _ending(self, j: int, animate: bool) -> Phrase | None:
        """The phrase of a mention whose last word stands at `j`; where the verb demands somebody, of any noun."""
        sentence, known = self.sentence, self.at.get(j)
        if known is not None:
            head = j if known.start == j else head_of(sentence, known)
            return Phrase(known.start, known.end, head) if known.end == j + 1 else None
        heads = (k for k in range(j, max(j - 6, -1), -1) if sentence[k].noun) if animate else ()
        phrases = [phrase_of(sentence, head) for head in heads]
        ends = [one for one in phrases if one.end == j + 1]
        found = next((one for one in ends if is_determiner(sentence[one.start]) or self._proper(one)), None)
        paid = found is not None and found.start > 0 and sentence[found.start - 1].verb  # « de payer [les aides] et »
        return None if paid else found

    def _proper(self, phrase: Phrase) -> bool:
        """Whether a name without article opens a clause: « [Amnesty International] et JS3 ont prié »."""
        token = self.sentence[phrase.start]
        opens = phrase.start == 0 or self.sentence.low(phrase.start - 1) == ","
        acronym = token.form.isupper() and len(token.form) > 1
        return opens and (acronym or (token.tag == "PROPN" and token.form[:1].isupper()))

    def _apposed(self, phrase: Phrase, found: Phrase) -> bool:
        """Whether a noun without article behind a comma says what somebody is: « Mme Ba, [son adjointe], »."""
        opening = [self.sentence[j] for j in range(found.start, found.head)]  # « le Sénat, [première chambre saisie], »
        bare_noun = not any(map(is_determiner, opening)) and not self.sentence[phrase.head].plural
        if self.sentence.low(phrase.start) in closed.EACH_OR_NONE:
            return False  # « chaque État, [organe] ou fonds est prié »
        if all(token.form[:1].isupper() for token in self.sentence.tokens[found.start : found.end]):
            return named_apart(self.sentence, phrase, found)
        if told_twice(self.sentence, phrase, found):
            return True
        person = self.sentence.low(phrase.start) in closed.TITLES  # "M. Ba, Directeur général de l'Agence"
        if person and self.sentence.low(found.start) in closed.POSSESSIVES and self.sentence.low(found.end) == ",":
            return True
        return bare_noun and (person or self.sentence[found.head].form[:1].islower())

    def _correlated(self, que: int) -> bool:
        """Whether "que" at that rank joins two actors: « aussi bien les [États] que les [villes] »."""
        known = self.at.get(que - 1)
        return known is not None and self.sentence.low(known.start - 1) in closed.CORRELATIVES

    def _in_list(self, phrase: Phrase, animate: bool) -> bool:
        """Whether a conjunction follows among what is coordinated on the right: "A, B et C"."""
        after = self._next(phrase, (), animate)
        while after is not None:
            if any(self.sentence.low(j) in closed.LAST_JOINTS for j in range(phrase.end, after.start)):
                return True
            phrase, after = after, self._next(after, (), animate)
        return False

    def _plain_list(self, phrase: Phrase, j: int) -> bool:
        """Whether plural nouns without article go on with a list that ends: « aux maires, [préfets et juges] de »."""
        sentence = self.sentence
        found = phrase_at(sentence, j)
        while found is not None and sentence[found.head].plural == sentence[phrase.head].plural:
            if is_determiner(sentence[found.start]) or found.head not in self.at:
                return False
            k = joints.skip_acronym(sentence, max(found.end, self.at[found.head].end))
            if sentence.low(k) in closed.AND_OR:
                return True
            found = phrase_at(sentence, k + 1) if sentence.low(k) == "," else None
        return False

    def _fillers(self, known: Known) -> list[Filler]:
        text, actors = self.sentence.words(known.start, known.end), known.actor.split("; ")
        return [Filler(n, text, a, known.kind) for n, a in zip(known.name.split("; "), actors, strict=True)]

    def _one(self, phrase: Phrase, issuer: bool, animate: bool) -> list[Filler]:
        return first(NAMED, self, phrase, issuer, animate)[0] or []

    def _bare(self, phrase: Phrase, kind: str) -> list[Filler]:
        text, read = (words(phrase.start, phrase.end) for words in (self.sentence.words, self.sentence.as_read))
        return [Filler(bare(text), text, bare(read), kind)]

    def _heads(self, known: Known, phrase: Phrase) -> bool:
        """Whether the mention is the phrase itself, not something inside its complement."""
        if known.start <= phrase.start:
            return True
        return closed.PREPOSITIONS.isdisjoint(self.sentence.lows[phrase.start : min(known.start, phrase.head)])

    def _next(self, phrase: Phrase, preposition: Collection[str], animate: bool = False) -> Phrase | None:
        """The noun phrase coordinated to `phrase` on its right; an acronym in brackets or an aside is stepped over."""
        sentence = self.sentence
        known = self.at.get(phrase.head)
        j = begin = joints.over_aside(sentence, joints.skip_acronym(sentence, known.end if known else phrase.end))
        j += sentence.low(j) == "(" and sentence.low(j + 1) in closed.AND_OR  # « le Togo (et le Bénin) »
        j = joints.after_joint_of_actors(sentence, j)
        if sentence.low(j) in closed.QUE and (
            sentence.low(j + 1) in preposition or self._correlated(j)
        ):  # "tant aux États qu'aux entreprises"
            j += 1
        j += sentence.low(j) == "comme" and sentence.low(j + 1) in preposition  # « pour A comme pour B »
        if j == begin:
            return None
        if sentence.low(j) in preposition or (not preposition and sentence.low(j) in closed.OF_SEVERAL):
            j += 1  # « et aux régies », « et des passants »
        elif (sentence.low(j) in closed.PREPOSITIONS and sentence.low(j) != "d'") or (
            preposition and j == begin + 1 and sentence.low(begin) == "," and not self._plain_list(phrase, j)
        ):
            return None
        comma = sentence.low(j - 1) == ","
        named = (
            comma and sentence.low(j) in closed.TITLES and sentence.low(j + 1) not in closed.ARTICLES
        )  # "la Présidente, Mme Sy, a"
        found = None if named or phrase_beginning(sentence, j) else phrase_at(sentence, j)
        if found is None:
            return None
        head, first_word = sentence[found.head], sentence[found.start]
        apart = first_word.participle or sentence.follows(found.end, *closed.LEADING)
        if comma and (apart or (j == begin + 1 and self._apposed(phrase, found))):
            return None  # « la juge, [entourée des siens], a », « les autorités, [ministère en tête], ont »
        indefinite = is_determiner(sentence[found.start]) or sentence.low(j - 1) in closed.OF_SEVERAL
        asked = animate and indefinite and head.low not in sentence.cues.thing
        return found if found.head in self.at or head.form[:1].isupper() or asked else None


def _mention(cast: Cast, phrase: Phrase, issuer: bool, animate: bool) -> list[Filler] | None:
    """« les [États Membres] »: a row of the actors table, if the phrase is the mention and not something around it."""
    known = cast.at.get(phrase.head)
    if cast.sentence.low(phrase.head) in closed.NO_ONE and phrase.start == phrase.head:
        return []  # « au procureur, et à personne d'autre »
    return None if known is None else cast._fillers(known) if cast._heads(known, phrase) else []


def _voice(cast: Cast, phrase: Phrase, issuer: bool, animate: bool) -> list[Filler] | None:
    """« la [résolution 2153] a préconisé », « la [réunion] a souligné »: asks, and is never to act."""
    low, cues = cast.sentence.low(phrase.head), cast.sentence.cues
    if low not in cues.document:
        return cast._bare(phrase, "forum") if issuer and low in cues.gathering else None
    return cast._bare(phrase, "document") if issuer else []


def _capital(cast: Cast, phrase: Phrase, issuer: bool, animate: bool) -> list[Filler] | None:
    """« le [Botswana] », « M. [Novák] »: unknown names, where somebody asks or is to act."""
    head = cast.sentence[phrase.head]
    if not (issuer or animate) or not head.form[:1].isupper():
        return None
    proper = head.tag == "PROPN" or (phrase.end == 1 and (head.form.isupper() or head.low in cast.sentence.cues.seat))
    if phrase.head == 0 and not proper:  # « [JS5] invite », « [Bruxelles] exhorte », but « Lettre ouverte »
        return None
    article = cast.sentence.low(phrase.start) in closed.ARTICLES or phrase.start == phrase.head
    return cast._bare(phrase, "state" if article else "individual")


def _somebody(cast: Cast, phrase: Phrase, issuer: bool, animate: bool) -> list[Filler] | None:
    """« les [bergers] », where the verb says that somebody is to act."""
    head = cast.sentence[phrase.head]
    noun = head.noun or head.tag == "ADJ" or head.low in closed.CELUI
    if not animate or head.low in cast.sentence.cues.thing or not noun:
        return None
    return cast._bare(phrase, "community" if head.plural else "individual")


NAMED = (_mention, _voice, _capital, _somebody)
