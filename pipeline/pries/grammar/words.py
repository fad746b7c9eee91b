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
ALL_PEOPLE = frozenset(("tous", "toutes"))
ALL = ALL_PEOPLE | {"tout"}
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

# What tells « ainsi que », « plus que », « tant … qu'aux » from the "que" of a clause: the word before, the word after.
LIKENESS = frozenset(("tel", "telle", "tels", "telles"))
COMPARATIVES = LIKENESS | {"ainsi", "autant", "plus", "moins", "aussi"}
NOT_IN_CLAUSE = PREPOSITIONS - {"en", "pour", "dans", "par", "à"}

# Around a verb that the tagger missed: before and after a conjugated verb, before a noun, before an infinitive.
SUBJECT_WORDS = THIRD_PERSON | {"qui", "on"}
BEFORE_FINITE = SUBJECT_WORDS | DATIVE_CLITICS | {"les"}
BEFORE_DATIVE = frozenset(("et", "il", "elle"))  # « et leur demande d'agir »
AFTER_VERB = ARTICLES | ONE | DEMONSTRATIVES | POSSESSIVES | {"avec"}
BEFORE_NOUN = ONE | frozenset("le cet chaque autre autres aucun tout ledit du au".split())
INFINITIVE_MARKERS = DE | {"à", "pour", "sans"}
UNCONTRACTED = frozenset(("le", "les"))  # after "de", a pronoun: the article is contracted
LISTS_VERBS = JOINS | {";"}

# In and around a verbal group: the pronouns of an inversion, and the adverbs that open a clause.
INVERTED = THIRD_PERSON | {"on"}
CLAUSE_ADVERBS = frozenset(("que", "comment", "où"))

# Subjects that are pronouns, and what opens an aside after a subject: « les organes, dont le Conseil, sont invités ».
PRONOUNS = (THIRD_PERSON | ALL_PEOPLE | NOUS_VOUS).union(
    "on je j' ceux-ci celles-ci celui-ci celle-ci certains certaines d'aucuns chacun chacune beaucoup plusieurs nul "
    "cela ceci ce c'".split()
)
SUBJECT_PRONOUNS = PRONOUNS | RELATIVE_SUBJECTS
ASIDES = RELATIVES | LIKENESS | EN_Y | {"dont", "notamment", "comme", "particulièrement", "surtout"}
EUX_AFTER = frozenset(("entre", "d'"))  # « plusieurs d'entre eux », « l'un d'eux »
LATTER = frozenset(("dernier", "dernière", "derniers", "dernières"))  # « ces derniers »
LATTER_ENDS = LATTER | {"-ci", "-là"}
SOME = frozenset(("uns", "unes"))  # « quelques-uns »
OTHERS_AFTER = DE | {"les"}  # « d'autres ont », « les autres »
TAKEN = QUE | ARTICLES | {"avec"}  # « Note que », « Prie les »: what a verb at the head of a paragraph takes
SHARES = AND_OR | {"mais", "puis"}  # between verbs that share a subject
COMMANDS_ON = frozenset(("et", ",", ";"))  # « Rappelle … et prie … »
JOINS_AFTER = AND_OR | {"ainsi"}  # between subjects that make a plural
JOINS_BEFORE = AND_OR | {"que"}
BEFORE_RELATIVE = frozenset((",", ")", "et"))
MONTHS = frozenset("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())

# In and around a name: after its head, before the head of its complement.
BEFORE_HEAD = ARTICLES | THEIR | ALL | DEMONSTRATIVES
IN_NAMES = TO | {"sur", "pour", "en", "contre", "auprès"}  # « Forum mondial sur la migration »
IN_COMPLEMENTS = OF | TO_THE | {"à", "par"}  # « dotés de », « touchés par »
BEFORE_COMPLEMENT = TO | DE | QUE | {"par"}  # « Le Conseil enjoint aux parties »
BEFORE_ACTION = SE | EN_Y  # « les parties concernées à s'acquitter de »
DEGREES = frozenset(("non", "plus", "moins"))
HYPHENS = frozenset(("-", "/"))
ALONE = frozenset(("non", "ayant"))  # qualifiers without a complement of their own

# Titles before a person's name, and what tells that a country's name is a place.
TITLES = frozenset(("m.", "mm.", "mme", "mmes", "mlle", "dr"))
BEFORE_PLACES = OF | {"en", "dans", "vers", "entre", "sur", "depuis", "hors"}
LINKS = TO | DE | {"par", "en", "pour", "dans", "auprès"}  # after a participle that does not stand alone beside a noun
IN_TREATIES = frozenset(("sur", "pour", "contre"))  # « parties au Traité sur … »
AFTER_PERSON = frozenset((",", "a", "est"))
BEFORE_OWN_LAND = THEIR | {"dans", "son", "ses", "propre", "vers"}  # « dans leur propre pays »
