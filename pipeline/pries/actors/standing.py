"""Standing: a pronoun that may stand for an actor, with number, gender, place and what its verb says of it.

"Les participants [les] ont exhortés à agir" -> plural, the object of a verb of asking whose subject is participants
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Pronoun:
    """A pronoun to resolve: its tokens, number, gender, and whether it is the object of a verb."""

    start: int
    end: int
    plural: bool
    feminine: bool | None
    is_object: bool = False
    dative: bool = False  # leur, lui
    inverted: bool = False  # "…, a-t-elle ajouté": somebody told of before
    aside: bool = False  # in « les migrants, qu'ils soient … »
    latter: bool = False  # ce dernier, celui-ci: the one named last
    partitive: bool = False  # d'autres, certains: other members of the same group
    clause: int = 0  # the rank after the last conjugated verb before it: where its own clause may begin
    own: int | None = None  # the subject of the verb that it is the object of, or that wishes what it is to do: another
    role: str = ""  # where it stands like a noun: dative, oblique, object
    resumes: int | None = None  # where « quant à … , » stands, which names whom it takes up
    owing: bool = False  # right before a form of devoir
    deed: bool = False  # what it owes only somebody does
    asking: bool = False  # the subject of a verb that only somebody is subject of
    either: bool = False  # its number does not tell that of the group: « une délégation … [une autre] »
    reduced: bool = False  # before a gerund: « une lettre aux maires leur demandant de … »
    opens: int = 0  # of an inverted one, the rank after the last strong mark before it
    opens_aside: int = -1  # of an inverted one, the rank of the comma before it
    fronted: bool = False  # in an adjunct that opens the sentence, before any main verb
    one: bool = False  # of several: « [l'un d'eux] a prié … Il »
    nth: int | None = None  # « le premier »: which of those who were named together
    view: bool = False  # « selon elle », « à ses yeux »: whose view it is
    behind_comma: bool = False
    told: bool = False  # the subject of a clause with "que": « estime qu'[il] doit »
    beside: bool = False  # of one that goes on with another: « que la loi est claire et qu'[elle] doit »
