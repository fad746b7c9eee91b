"""Words: the closed classes of French, each once, which the rules of grammar turn on.

Forms are in lower case with straight apostrophes, as `Token.low` has them. Words of which French has many (nouns,
verbs, adjectives, adverbs) stand in lexicons/cues.csv, where a linguist edits them.

    "d'" in DE; "aux" in TO; AVOIR["aurait"] == "conditional"
"""

from __future__ import annotations

# The forms of the two auxiliaries, each with the tense that it shows.
AVOIR = {
    "a": "present", "ont": "present", "ai": "present", "avons": "present", "avez": "present", "ait": "present",
    "aient": "present", "avait": "imperfect", "avaient": "imperfect", "avions": "imperfect", "eut": "past",
    "eurent": "past", "eût": "past", "aura": "future", "auront": "future", "aurait": "conditional",
    "auraient": "conditional", "avoir": "infinitive", "ayant": "gerund",
}  # fmt: skip
ETRE = {
    "est": "present", "sont": "present", "suis": "present", "sommes": "present", "êtes": "present",
    "soit": "present", "soient": "present", "était": "imperfect", "étaient": "imperfect", "fut": "past",
    "furent": "past", "fût": "past", "sera": "future", "seront": "future", "serait": "conditional",
    "seraient": "conditional", "être": "infinitive", "été": "participle", "étant": "gerund",
}  # fmt: skip
BEEN_OR_HAD = frozenset(("été", "eu"))  # participles of the auxiliaries
BE_OR_HAVE_SUBJUNCTIVE = frozenset(("soient", "aient"))  # « qu'ils soient … »

# Marks: what separates clauses, and what opens and closes a quotation.
STRONG_MARKS = frozenset((";", ":"))
OPENING_QUOTES = frozenset(("<<", "«", "["))
CLOSING_QUOTES = frozenset((">>", "»", "]"))

# Prepositions and their contractions with an article.
DE = frozenset(("de", "d'"))
OF_THE = frozenset(("du", "des"))
OF = DE | OF_THE
TO_THE = frozenset(("au", "aux"))
TO = TO_THE | {"à"}
OF_OR_TO = OF | TO
PREPOSITIONS = OF_OR_TO | frozenset(
    "en dans par pour sur sous avec sans entre vers chez selon dès depuis pendant durant contre malgré parmi outre "
    "envers hors après avant devant derrière jusque jusqu' lors auprès concernant".split()
)

# Articles, determiners and possessives.
ARTICLES = frozenset(("le", "la", "les", "l'"))
ONE = frozenset(("un", "une"))
DEMONSTRATIVES = frozenset(("ce", "cette", "ces"))
THEIR = frozenset(("leur", "leurs"))
POSSESSIVES = THEIR | {"son", "sa", "ses"}
ALL = frozenset(("tous", "toutes", "tout"))
DETERMINERS = (ARTICLES | ONE | OF | DEMONSTRATIVES | POSSESSIVES | ALL).union(
    "cet notre nos votre vos mon ma mes toute chaque plusieurs certains certaines quelques aucun aucune divers "
    "diverses différents différentes nombreux nombreuses autre autres deux trois quatre cinq dix".split()
)

# Conjunctions, and the marks that coordinate as they do.
AND_OR = frozenset(("et", "ou"))
JOINS = AND_OR | {","}
JOINS_VERBS = JOINS | {"mais", "puis"}
QUE = frozenset(("que", "qu'"))
SUBORDINATORS = frozenset("si lorsque lorsqu' quand puisque puisqu' comme quoique quoiqu'".split())
RELATIVES = QUE | frozenset("qui dont où lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel".split())
RELATIVE_SUBJECTS = frozenset(("qui", "lesquels", "lesquelles", "lequel", "laquelle"))
OPENERS = RELATIVES | SUBORDINATORS  # open an embedded clause, which then has a finite verb of its own
MAY_OPEN = OPENERS | {"s'"}

# Negation.
NEGATION = frozenset(("ne", "n'"))
NEGATORS = frozenset(("pas", "point", "jamais", "plus", "aucun", "aucune", "aucunement", "nullement", "guère"))

# Clitics and other pronouns.
SE = frozenset(("se", "s'"))
EN_Y = frozenset(("en", "y"))
NOUS_VOUS = frozenset(("nous", "vous"))
DATIVE_CLITICS = frozenset(("lui", "leur"))
OBJECT_CLITICS = ARTICLES  # the same words, before a verb
REFLEXIVE = SE | NOUS_VOUS | {"me", "m'"}
CLITICS = REFLEXIVE | OBJECT_CLITICS | DATIVE_CLITICS | EN_Y | {"te", "t'"}
IL_ILS = frozenset(("il", "ils"))
THIRD_PERSON = IL_ILS | {"elle", "elles"}
EUX = frozenset(("eux", "elles"))
