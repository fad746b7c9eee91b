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
    "eurent": "past", "eût": "conditional", "eussent": "conditional", "aura": "future", "auront": "future",
    "aurait": "conditional", "auraient": "conditional", "aurais": "conditional", "aurions": "conditional",
    "auriez": "conditional", "avais": "imperfect", "aviez": "imperfect", "aurai": "future", "aurons": "future",
    "aurez": "future", "avoir": "infinitive", "ayant": "gerund",
}  # fmt: skip
ETRE = {
    "est": "present", "sont": "present", "suis": "present", "sommes": "present", "êtes": "present",
    "soit": "present", "soient": "present", "était": "imperfect", "étaient": "imperfect", "fut": "past",
    "furent": "past", "fût": "past", "fussent": "past", "sera": "future", "seront": "future", "serait": "conditional",
    "seraient": "conditional", "serais": "conditional", "serions": "conditional", "seriez": "conditional",
    "étais": "imperfect", "étions": "imperfect", "étiez": "imperfect", "serai": "future", "serons": "future",
    "serez": "future", "être": "infinitive", "été": "participle", "étant": "gerund",
}  # fmt: skip
FORMS_OF_BOTH = frozenset((*AVOIR, *ETRE))
WITH_ETRE = ("convenu", "tombé", "parvenu", "resté", "demeuré", "revenu")  # how participles with être begin
BEEN_OR_NI = frozenset(("été", "ni"))  # before a participle: « être ni vendus ni prêtés »
BEEN_OR_HAD = frozenset(("été", "eu"))  # participles of the auxiliaries
HAS_DONE = frozenset(("a", "ont"))  # which are no subjunctive
SUBJUNCTIVE = frozenset(("soient", "aient"))  # « qu'ils soient … »
OWES = ("doi", "dev")  # how forms of devoir begin
INDICATIVE = (*OWES, "est", "sont", "avai", "étai", "ont", "sera", "seront", "aura", "peu", "pouvai")  # how it begins
BOTH_OF = frozenset(("deux", "trois", "quatre"))  # « tous [deux] ont prié », « les [trois] doivent »
AND_NOR = frozenset(("et", "ou", "ni", "comme"))  # « l'un [et] l'autre »

# Marks: what separates clauses, and what opens and closes a quotation.
STRONG_MARKS = frozenset((";", ":"))
OPENING_QUOTES = frozenset(("<<", "«", "["))
CLOSING_QUOTES = frozenset((">>", "»", "]"))
QUOTES = OPENING_QUOTES | CLOSING_QUOTES | {'"', "“", "”"}
ENDS_QUOTATION = CLOSING_QUOTES - {"]"} | {'"', "”"}
ENTITLED = frozenset("intitulé intitulée intitulés intitulées titré titrée titre dénommé dénommée thème slogan".split())
ENDS_BY = frozenset(("mettre", "prendre", "avoir"))  # lemmas: « mettre [fin] à la crise », « avoir [été] joué »
AS_REGARDS = frozenset("titre regard vu moyen cours sujet profit motif".split())  # « au [titre] de la Convention »
FOR_TITLE = ("pour", "titre")

# Prepositions and their contractions with an article.
DE = frozenset(("de", "d'"))
OF_THE = frozenset(("du", "des"))
OF = DE | OF_THE
TO_THE = frozenset(("au", "aux"))
TO = TO_THE | {"à"}
FOR = frozenset(("pour",))
NO_MARKER: frozenset[str] = frozenset()
OF_OR_TO = OF | TO
PREPOSITIONS = OF_OR_TO | frozenset(
    "en dans par pour sur sous avec sans entre vers chez selon dès depuis pendant durant contre malgré parmi outre "
    "envers hors après avant devant derrière jusque jusqu' lors auprès près concernant".split()
)
OTHER_PREPOSITIONS = PREPOSITIONS - OF_OR_TO

# Articles, determiners and possessives.
ARTICLES = frozenset(("le", "la", "les", "l'"))
ONE = frozenset(("un", "une"))
PLURALS = frozenset("les aux des ces ses leurs nos vos plusieurs certains certaines quelques deux trois".split())
COUNTED = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10}
SINGULARS = frozenset("un une au cet cette chaque son sa l'".split())  # « le », « la », « l' », « du » may be others
SHOWN_NUMBER = dict.fromkeys(PLURALS, ("Number=Sing", "Number=Plur")) | dict.fromkeys(
    SINGULARS, ("Number=Plur", "Number=Sing")
)
MASCULINE = frozenset(("le", "un", "du", "au", "ce", "cet"))  # determiners that show the gender
FEMININE = frozenset(("la", "une", "cette"))
GENDERED = MASCULINE | FEMININE
DEMONSTRATIVES = frozenset(("ce", "cette", "ces"))
CE = frozenset(("ce", "c'"))
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
NEITHER = frozenset(("ni",))
JOINS_PARTICIPLES = JOINS | NEITHER
JOINS_VERBS = JOINS | {"mais", "puis"}
QUE = frozenset(("que", "qu'"))
FREE_RELATIVES = frozenset(("quiconque",))
SUBORDINATORS = frozenset("quiconque si lorsque lorsqu' quand puisque puisqu' comme quoique quoiqu'".split())
CONDITIONS = SUBORDINATORS | QUE | {"s'"}  # « à moins que », « sauf si », « lorsqu'il »
OPENS_ADJUNCT = frozenset(  # « , avec l’appui de la FAO, »
    "avec dans par sous sans selon en grâce sur notamment surtout particulièrement".split()
)
NO_MORE = frozenset(("non", "pas"))  # « aux juges et non aux préfets »
PICKS_OUT = frozenset(("notamment", "surtout", "particulièrement", "particulier", "chef", "spécialement"))
PART_OR_NO_MORE = PICKS_OUT | NO_MORE
TAKEN_TOGETHER = frozenset(("confondus", "confondues"))  # « , toutes tendances confondues, »
AFTER_ADJUNCT = AND_OR | {"ainsi", "de"}  # « , notamment aux juges, ainsi qu’aux greffiers »
OPENS_ASIDE = SUBORDINATORS | {"selon", "s'"}  # « selon qu'il conviendra », « s'ils le souhaitent »
RELATIVES = QUE | frozenset("qui dont où lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel".split())
NEAREST = frozenset(("lesquels", "lesquelles", "lequel", "laquelle"))  # stand for the noun named last
RELATIVE_SUBJECTS = frozenset(("qui", "lesquels", "lesquelles", "lequel", "laquelle"))
OPENERS = RELATIVES | SUBORDINATORS  # open an embedded clause, which then has a finite verb of its own
MAY_OPEN = OPENERS | {"s'"}

OF_WHICH = frozenset(("duquel", "desquels", "desquelles", "laquelle"))  # « aux termes duquel »
INTERROGATIVES = frozenset(
    "si s' qui comment pourquoi quand où combien quel quelle quels quelles lequel laquelle".split()
)
ASKS_HOW = INTERROGATIVES - OPENERS - {"s'"}  # open a clause that asks
DUTY_SUBJUNCTIVE = frozenset(("faille", "doive"))  # no form of the indicative
SUPPOSED = frozenset(("doive",))  # where it asks nothing, but for « bien que »
ALTHOUGH = frozenset(("bien",))
SPEAKERS = frozenset(("on", "-on", "je", "j'", "nous", "vous"))  # somebody who acts, without a name
BUT = frozenset(("mais",))
WHAT = ("ce", "qui")
NO_LESS = ("pas", "moins")  # all the same
MODALS = frozenset(("devoir", "falloir", "pouvoir", "vouloir"))  # lemmas, before a bare infinitive
DECIDES = frozenset(
    ("décider", "convenir", "résoudre")
)  # lemmas: « décide d'adopter le plan et de charger le maire de »
SUGGESTS = frozenset(("suggérer",))  # lemma: « les données suggèrent que »
ENOUGH = frozenset(("assez", "trop", "suffisamment", "moins"))  # « ne souligne pas moins la nécessité de »
PERMITS = frozenset(("permettre", "permis"))  # lemma, participle: « qu'il me soit permis de »
ABLE = frozenset(("pouvoir", "savoir"))  # lemmas: « ne peut que recommander », « ne saurait trop recommander »
WHEN = frozenset(("quand", "lorsque", "lorsqu'"))  # open what may come about
RATHER = frozenset(("plutôt",))
CASES = frozenset(("cas", "hypothèse", "éventualité"))  # « au cas où »
UNLESS = (  # before the "que" of a condition
    ("à", "moins"), ("à", "supposer"), ("en", "supposant"), ("pourvu",), ("même", "si"),
    ("pour", "peu"), ("sauf",), ("soit",), ("quand", "bien", "même"),
)  # fmt: skip
WHOSE = frozenset(("dont",))
WHERE = frozenset(("où",))
LIKE = frozenset(("comme",))
WITHOUT = frozenset(("sans",))  # « sans que »

# Negation.
NEGATION = frozenset(("ne", "n'"))
NEGATORS = frozenset(("pas", "point", "jamais", "plus", "rien", "aucun", "aucune", "aucunement", "nullement", "guère"))

NON = frozenset(("non",))  # « plaide [non] pour une hausse, mais pour »
NOT_THAT = ("non", "pas")  # « plaide [non pas] pour une hausse, mais pour »

# Clitics and other pronouns.
SE = frozenset(("se", "s'"))
EN_Y = frozenset(("en", "y"))
FIRST_PERSON = frozenset(("je", "j'", "nous"))
NOUS_VOUS = frozenset(("nous", "vous"))
IMPERATIVE_ENDINGS = ("ez", "ons")
OUR_ENDINGS = {"nous": ("ons", "mes"), "vous": ("ez", "tes")}  # of the verbs whose subjects they are
US = frozenset(("nous", "moi", "me", "m'"))
DATIVE_CLITICS = frozenset(("lui", "leur"))
OBJECT_CLITICS = ARTICLES  # the same words, before a verb
OBJECT_OR_EN = frozenset(("le", "l'", "en"))  # « Il faut [le] dire »
REFLEXIVE = SE | NOUS_VOUS | {"me", "m'"}
CLITICS = REFLEXIVE | OBJECT_CLITICS | DATIVE_CLITICS | EN_Y | {"te", "t'"}
IL_ILS = frozenset(("il", "ils"))
THIRD_PERSON = IL_ILS | {"elle", "elles"}
EUX = frozenset(("eux", "elles"))

# What tells « ainsi que », « plus que », « tant … qu'aux » from the "que" of a clause: the word before, the word after.
BURDEN_VERBS = ("charg",)  # how verbs begin that take a duty with « du soin de »
IN_PASSING = frozenset(("selon", "comme"))  # « selon qu'il convient », « comme il se doit »
LIKEWISE = frozenset(("ainsi", "de", "tout"))  # begin « ainsi que », « de même que », « tout comme »
CORRELATIVES = frozenset(("bien", "tant", "autant"))  # « aussi bien les États que les villes »
LIKENED = frozenset(("exemple", "instar", "image", "tour", "côté", "sein"))  # « à l'instar du maire, qui »
LIKENESS = frozenset(("tel", "telle", "tels", "telles"))
COMPARATIVES = LIKENESS | {"ainsi", "autant", "plus", "moins", "aussi"}
NOT_IN_CLAUSE = PREPOSITIONS - {"en", "pour", "dans", "par", "à"}

# « le premier », « les secondes »: of those who were just named together, which one (from the end where negative)
NTH = {
    "premier": 0, "première": 0, "premiers": 0, "premières": 0, "second": 1, "seconde": 1, "seconds": 1, "secondes": 1,
    "deuxième": 1, "deuxièmes": 1, "troisième": 2, "troisièmes": 2, "quatrième": 3, "dernier": -1, "dernière": -1,
    "derniers": -1, "dernières": -1,
}  # fmt: skip

OWING = frozenset(("devant",))  # gerund or preposition
# Around a verb that the tagger missed: before and after a conjugated verb, before a noun, before an infinitive.
SUBJECT_WORDS = THIRD_PERSON | {"qui", "on"}
BEFORE_FINITE = SUBJECT_WORDS | DATIVE_CLITICS | {"les"}
BEFORE_CLITICS = SUBJECT_WORDS | CLITICS | NEGATION
BEFORE_DATIVE = frozenset("et il elle qui ci là -ci -là celui-ci celle-ci".split())  # « et leur demande d'agir »
PARTY = frozenset(("partie", "parties"))
BEFORE_APART = frozenset((",", ")"))
OPERATIVE = frozenset(  # verbs that open the operative paragraphs of resolutions, with a capital
    "adopte affirme appelle approuve charge condamne considère constate décide demande déplore engage encourage "
    "enjoint estime exhorte exige fait félicite insiste invite juge note observe prie préconise propose rappelle "
    "recommande reconnaît regrette relève remercie réaffirme réclame réitère salue somme souhaite souligne "
    "suggère".split()
)
DONE_BARE = frozenset(  # what "faire" takes without an article
    "obligation interdiction défense injonction état part appel grief valoir savoir observer remarquer".split()
)
SAYS_OR_NAMES = frozenset("juge note demande remarque réplique riposte estime réclame propose conseille".split())
ASKS_OR_NAMES = frozenset("demande charge presse somme commande réclame conseille propose".split())  # verb or noun
BESIDE_VERB = DATIVE_CLITICS | EN_Y | SE  # a verb alone stands behind, or a noun
AFTER_VERB = ARTICLES | ONE | DEMONSTRATIVES | POSSESSIVES | {"avec"}
LATTER = frozenset(("dernier", "dernière", "derniers", "dernières"))  # « ces derniers »
BEFORE_MISSED = BEFORE_FINITE | LATTER | NEGATION
BEFORE_PLURAL_NOUN = frozenset(("les", "aux", "ces", "leurs", "ses", "nos", "vos"))
NO_NOUN_ALONE = LATTER.union(  # « les autres doivent »: pronouns
    "autre autres même mêmes seul seule seuls seules tel telle tels telles premier première premiers premières "
    "second seconde seconds secondes deuxième troisième deux trois quatre uns unes".split()
)
BEFORE_NOUN = ONE | frozenset(NTH) | frozenset("le cet chaque autre autres aucun tout ledit du au".split())
BEFORE_NOUN_ALONE = BEFORE_PLURAL_NOUN | ARTICLES | BEFORE_NOUN
INFINITIVE_MARKERS = DE | {"à", "pour", "sans"}
UNCONTRACTED = frozenset(("le", "les"))  # after "de", a pronoun: the article is contracted
LISTS_VERBS = JOINS | {";"}

# In and around a verbal group: the pronouns of an inversion, and the adverbs that open a clause.
INVERTED = THIRD_PERSON | {"on"}
EUPHONIC = frozenset(("-t",))  # « a-t-elle »
INVERSIONS = EUPHONIC | frozenset(("-il", "-ils", "-elle", "-elles", "-on"))  # right behind their verb
CLAUSE_ADVERBS = frozenset(("que", "comment", "où"))

# Subjects that are pronouns, and what opens an aside after a subject: « les organes, dont le Conseil, sont invités ».
EMPHATIC = frozenset("lui-même elle-même eux-mêmes elles-mêmes".split())
BESIDE_PARTICIPLE = NEGATORS | EMPHATIC
PRONOUNS = (THIRD_PERSON | ALL_PEOPLE | NOUS_VOUS).union(
    "on je j' ceux-ci celles-ci celui-ci celle-ci certains certaines d'aucuns chacun chacune beaucoup plusieurs nul "
    "cela ceci ce c' quelques-uns quelques-unes quelqu'un aucun aucune".split(),
    EMPHATIC,
)
SUBJECT_PRONOUNS = PRONOUNS | RELATIVE_SUBJECTS
ASIDES = RELATIVES | LIKENESS | EN_Y | {"dont", "notamment", "comme", "particulièrement", "surtout"}
CONTRASTS = (  # open an aside that says who is not meant, or is too: « le maire, et non le préfet, doit »
    ("et", "non"), ("mais", "non"), ("ou", "non"), ("non",), ("et", "pas"), ("mais", "pas"), ("pas",), ("plutôt",),
    ("à", "l'", "exclusion"), ("à", "l'", "exception"), ("à", "l'", "instar"), ("à", "commencer"), ("hormis",),
    ("sauf",), ("excepté",), ("hors",), ("outre",), ("y", "compris"), ("et", "à", "défaut"), ("ou", "à", "défaut"),
)  # fmt: skip
ENTRE_EUX = EUX | {"entre"}
EUX_AFTER = frozenset(("entre", "d'"))  # « plusieurs d'entre eux », « l'un d'eux »
HERE_THERE = frozenset(("-ci", "-là"))  # « celui-ci »
LATTER_ENDS = LATTER | HERE_THERE
SELF = frozenset(("même", "mêmes"))
HERE_OR_THERE = frozenset(("ci", "là"))
SOME = frozenset(("uns", "unes"))  # « quelques-uns »
OTHERS = frozenset(("autres",))
ANOTHER = frozenset(("autre",))
NO_ARTICLE_BEFORE = frozenset(NTH) | OTHERS | ANOTHER | ONE  # « le [premier] », « l'[un] »: pronouns
AUCUNS_UNS = OTHERS | SOME | {"aucuns"}  # « d'aucuns ont », « les uns ont »
FURTHER = ANOTHER.union("second seconde deuxième troisième quatrième cinquième sixième".split())  # « un troisième a »
LEADING = ("en", "tête")  # « les autorités, ministère en tête, »
MADE = frozenset(("fait", "font"))  # « fait observer »
ABOUT = frozenset(("près", "plus", "moins"))  # « près de 60 % »
ONLY = frozenset("seul seule seuls seules".split())  # « c'est elle [seule] qui »
TOO = frozenset(("aussi",))  # « lui aussi a prié »
MOST = frozenset(("plupart", "majorité"))
OTHERS_AFTER = DE.union("les plusieurs quelques deux trois quatre cinq six".split())  # « d'autres ont », « les autres »
TAKEN = QUE | ARTICLES | {"avec"}  # « Note que », « Prie les »: what a verb at the head of a paragraph takes
SHARES = AND_OR | {"mais", "puis"}  # between verbs that share a subject
COMMANDS_ON = frozenset(("et", ",", ";"))  # « Rappelle … et prie … »
JOINS_AFTER = AND_OR | {"ainsi", "ni"}  # between subjects that make a plural
JOINS_BEFORE = AND_OR | {"que", "ni", "puis", "mais"}
BEFORE_RELATIVE = frozenset((",", ")", "et"))
CAN = frozenset(("pouvoir",))  # lemma
THANKS = frozenset(  # lemmas of verbs that tell somebody "de" what
    "remercier féliciter louer accuser blâmer soupçonner informer aviser avertir charger dispenser exempter priver "
    "libérer décharger complimenter".split()
)
RECORDS = frozenset("enregistrer connaître accuser retrouver renouer".split())  # « connaître une hausse »
EACH_OF = frozenset(("chacun", "chacune", "aucun", "aucune"))  # « chacune des parties doit »
EACH_ONE = frozenset(("chacun", "chacune"))  # « chacune devra payer »
OF_SEVERAL = frozenset(("des", "desdits", "desdites"))
SOME_OF = ONE.union(EACH_OF, "certains certaines plusieurs uns unes deux trois quatre cinq six".split())  # « l'un des »
EACH = frozenset(("chaque", "par"))  # « chaque trimestre », « deux fois par an »
NEXT_ONE = frozenset(("prochain", "prochaine", "demain"))  # « le mois prochain »
LIMITS = (
    "avant",
    "au plus tard",
    "d' ici",
    "dans les",
    "dans un délai",
    "sous",
    "sans attendre",
    "à compter",
)  # deadlines
HOURS = frozenset(("heure", "heures", "h"))  # « à dix heures »
MONTHS = frozenset("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())

# In and around a name: after its head, before the head of its complement.
OF_HIGH_RANK = frozenset("haut haute hauts hautes".split())  # « la Haute Représentante », whatever its tag
BEFORE_HEAD = ARTICLES | THEIR | ALL | DEMONSTRATIVES
IN_NAMES = TO | {"sur", "pour", "en", "contre", "auprès", "près"}  # « Forum mondial sur la migration »
DEPUTY = frozenset(
    "adjoint adjointe délégué déléguée spécial spéciale commissaire conseiller préposé préposée".split()
)  # « ministre délégué au budget »
LINKERS = IN_NAMES | {"sans"}  # « pays sans littoral »
RESTRICT = LINKERS | OF | {"dans", "sous", "avec", "chez", "hors", "par", "entre", "parmi"}  # « agents sous contrat »
IN = frozenset(("en", "dans"))  # « spécialisés en », « établis dans »
QUALIFIED_BY = OF_OR_TO | IN | {"par", "sur", "sous", "auprès"}  # « inscrit sur la liste »
BEFORE_COMPLEMENT = TO | DE | QUE | {"par"}  # « Le Conseil enjoint aux parties »
BEFORE_ACTION = SE | EN_Y  # « les parties concernées à s'acquitter de »
DEGREES = frozenset(("non", "plus", "moins"))
FIRM_FORMS = frozenset(  # of companies, behind their name: « la société Veridia Ltd. »
    "ltd inc corp co llc llp plc pty gmbh ag kg nv n.v bv b.v sa s.a sas s.a.s sarl s.a.r.l eurl spa s.p.a srl s.r.l "
    "asa ab oy a/s aps kk jsc pjsc pte bhd sàrl sprl srlu scs sca scop scic gie snc limitée incorporée ltée".split()
)
PARTNERS = frozenset("fils filles frères cie associés associées compagnie".split())  # « la société Morel & Fils »
RANKS = frozenset(("plus", "moins", "mieux"))  # « les pays les moins avancés »
AND_OR_SLASH = AND_OR | {"/"}
HYPHENS = frozenset(("-", "/"))
ALONE = frozenset(("non", "ayant"))  # qualifiers without a complement of their own

# Titles before a person's name, and what tells that a country's name is a place.
TITLES = frozenset(
    "m. mm. mme mmes mlle mlles dr dr. pr pr. mgr monsieur madame mademoiselle messieurs mesdames".split()
)
BEFORE_PLACES = OF | {"en", "dans", "vers", "entre", "sur", "depuis", "hors"}
LINKS = TO | DE | {"par", "en", "pour", "dans", "auprès"}  # after a participle that does not stand alone beside a noun
IN_TREATIES = frozenset(("sur", "pour", "contre"))  # « parties au Traité sur … »
LIKE_VERBS = frozenset(("interne", "externe", "moderne"))  # adjectives, behind a noun and before no object
NO_VERBS = NEGATORS | TITLES | LIKE_VERBS  # whatever the tagger says
AFTER_PERSON = frozenset((",", "a", "est"))
PART_OF_THEM = frozenset("moitié tiers quart minorité poignée dizaine douzaine vingtaine trentaine".split())
BEFORE_OWN_LAND = THEIR | {"dans", "son", "ses", "propre", "vers"}  # « dans leur propre pays »

# In the search for requests: between the actions of a trigger, the items of a list, the actors of a phrase.
DE_A = DE | {"à"}
DE_A_PAR = DE_A | {"par"}
AND_COMMA = frozenset(("et", ","))
DASHES = frozenset(("–", "—", "-", "•"))
BEFORE_DASH = STRONG_MARKS | {","}
COORDINATES = LISTS_VERBS | frozenset(("mais", "voire", "puis", "soit", "ni", "–", "-"))
LISTS_NOUNS = LISTS_VERBS
ACTOR_JOINTS: dict[str, tuple[tuple[str, ...], ...]] = {
    ",": ((",",),), "et": (("et",),), "ou": (("ou",),), "ni": (("ni",),), "/": (("/",),), "et/ou": (("et/ou",),),
    "ainsi": (("ainsi", "que"), ("ainsi", "qu'")), "de": (("de", "même", "que"), ("de", "même", "qu'")),
    "tout": (("tout", "comme"),), "comme": (("comme",),), "puis": (("puis",),),
    "aussi": (("aussi", "bien", "que"), ("aussi", "bien", "qu'")),
    "mais": (("mais", "aussi"), ("mais", "encore"), ("mais", "également")),
}  # fmt: skip
ASIDES_END = (
    ("en", "tête"),
    ("compris",),
    ("comprise",),
    ("inclus",),
    ("notamment",),
    ("surtout",),
    ("en", "particulier"),
)
LAST_JOINTS = AND_OR | QUE | {"ni", "/", "et/ou", "comme"}  # before the last of several actors
ACTOR_JOINTS_BACK: dict[str, tuple[tuple[str, ...], ...]] = {
    last: tuple(joint for joints in ACTOR_JOINTS.values() for joint in joints if joint[-1] == last)
    for last in {joint[-1] for joints in ACTOR_JOINTS.values() for joint in joints}
}  # by their last word
LISTS_ACTORS = JOINS | QUE | {"ainsi", "et/ou", "/", "comme", "puis", "par"}
LISTS_ACTORS_OR_TO = LISTS_ACTORS | TO
ITEM_NOUNS = frozenset(("article", "art.", "point", "alinéa"))  # « décide : article 1er – … ; article 2 – … »
AFTER_NUMBER = frozenset((")", "°"))  # « a) », « 2° »
LIST_MARKS = DASHES | JOINS | {"*", ":"}
ENDS = STRONG_MARKS | {"."}
ENDS_NAME = ENDS | LIKENESS  # « les entités [telles] que »
NUMBERS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze vingt trente quarante cent".split()
)
EITHER = frozenset(("soit",))
TO_THIS_QUE = ("à", "ce", "que")
OTHERWISE = (  # opens what happens to who does not do it
    "faute de quoi", "sans quoi", "à défaut de quoi", "sinon", "faute de le faire", "dans le cas contraire",
)  # fmt: skip
MUST = frozenset(  # no subjunctive: never coordinated to one
    "doit doivent devrait devraient devait devaient devra devront faut faudra faudrait fallait".split()
)
IS = MUST | frozenset("est sont était étaient sera seront serait seraient convient conviendrait".split())
BEFORE_CLAUSE = STRONG_MARKS | frozenset(("et", ",", "mais"))
BETWEEN_ACTIONS = COORDINATES | DE_A | ENDS | {"?", "!"}
ADOPTS = frozenset(("adopte", "adoptent", "approuve", "arrête", "décide"))  # what an organ does with what follows
CONVENED = frozenset(  # how an organ met, which is no part of its name
    "réuni réunie réunis réunies convoqué convoquée convoqués convoquées organisé organisée assemblé assemblée "
    "assemblés assemblées siégeant tenu tenue tenus tenues".split()
)
BEFORE_PURPOSE = AND_OR | {"pour", "afin"}
CONSEQUENCE = frozenset(("ainsi", "donc"))

# Around an infinitive: what introduces it, what claims it, what stands beside it.
MARKERS = INFINITIVE_MARKERS | {"par", "en", "après", "avant"}
CLAIMS_INFINITIVE = OF | {"à", "pour", "par", "sans", "en"}
CLITICS_OR_NEGATION = CLITICS | NEGATION
BESIDE_INFINITIVE = CLITICS_OR_NEGATION | NEGATORS | QUOTES  # « et à « [garantir] les droits » de chacun »
BEFORE_INFINITIVE = CLITICS | NEGATORS | QUOTES

# Before a "que" that opens no clause of its own ("ainsi que"), or none that is asked for ("avant que").
NO_COMPLEMENTISER = LIKENESS | frozenset("ne plus moins ainsi tandis alors pendant dès depuis".split())
NOT_BEFORE_QUE = COMPARATIVES | frozenset(
    "ne alors tandis bien avant après dès lors depuis pour afin sans même autre autres lorsque mieux tant parce "
    "encore".split()
)
ADVERBS_BEFORE_QUE = frozenset(("alors", "bien", "encore", "même"))
FOR_QUE = frozenset(("pour", "afin"))
AFTER_LIMIT = frozenset("après avant lors dès par sous sur si lorsque lorsqu' quand".split())  # « ne … qu'après »
COMPLEMENTISERS = QUE | {"combien"}
BEFORE_ADDRESSED = frozenset("par dans lors à au sur en".split())  # « demandé par X que … »
WISHES_OF = frozenset(("leurs", "ses", "nos", "tous"))  # « appelle de tous ses vœux »

# Around verbs that ask: auxiliaries, what stands beside them, what a verb takes that the tagger missed.
AUXILIARIES = frozenset(ETRE) | frozenset("a ont ait aient avait avaient aurait auraient aura auront".split())
BE_OR_HAVE = frozenset(("être", "avoir"))
SEEN = frozenset(("vu", "entendu"))  # « se sont vu demander »
SEE_HEAR = SEEN | frozenset(  # without their last -e or -s
    "voi voit voyai voyait voient voyaient verra verront verrai verrait verraient virent".split()
)
SEE_HEAR_FORMS = frozenset(("voir", "entendre", "vu", "vue", "vus", "vues"))
DUE = frozenset(("dû", "due"))
PERSONAL = (  # how predicates begin that have somebody as their subject: « il est tenu de »
    "tenu", "prié", "invité", "exhorté", "encouragé", "chargé", "autorisé", "habilité", "obligé", "contraint", "convié",
    "sommé", "conscient", "convaincu", "persuadé", "préoccupé", "reconnaissant", "responsable", "résolu", "disposé",
)  # fmt: skip
INVERTED_IL = frozenset(("il", "-t-il"))
IL_QUE = QUE | {"il"}
IMPERSONAL_SUBJECTS = frozenset(("il", "ce", "c'", "cela"))
BESIDE_IMPERSONAL = DATIVE_CLITICS | {"nous", "y"}
BESIDE_COPULA = DATIVE_CLITICS | {"s'", "nous", "vous", "me", "m'"}
INTENSIFIERS = frozenset(("plus", "moins", "très", "si"))
AS_FOR = frozenset(("comme", "pour"))  # « juge comme essentiel »
AFTER_OPERATIVE = TO | DE | ARTICLES | QUE | POSSESSIVES | DEMONSTRATIVES | {","}
AFTER_UNTAGGED = (
    TO | ARTICLES | QUE | POSSESSIVES | DEMONSTRATIVES | {",", "celui-ci", "celle-ci", "ceux-ci", "celles-ci"}
)
OBJECT_OR_DATIVE = ARTICLES | TO_THE | {"celui-ci", "celle-ci", "ceux-ci", "celles-ci"}
BEFORE_OPENING = ENDS | frozenset((",", ")", "et"))

# Who asks and who is to act: pronouns that name nobody, relatives with a preposition, what stands before a source.
IS_CLEFT = frozenset(("soit", "soient"))  # « que ce [soit] le juge qui tranche »
EACH_OR_NONE = frozenset("aucun aucune nul nulle chaque tout toute".split())
LATER = (  # « devait mourir dix ans plus tard »: tells what came
    ("plus", "tard"), ("par", "la", "suite"), ("peu", "après"), ("quelque", "temps", "après"), ("jamais",),
    ("bientôt",), ("à", "jamais"), ("ans", "après"), ("mois", "après"), ("jours", "après"), ("finir", "par"),
)  # fmt: skip
COMPELS = frozenset(("obliger",))  # what somebody « a obligé » another to do is done
FOR_WANT_OF = (("faute", "de"), ("faute", "d'"), ("par", "manque", "de"), ("par", "manque", "d'"))
CONCESSIVES = frozenset(("où", "qui", "quoi", "quel", "quelle", "quels", "quelles"))  # « où qu'ils soient »
SEES = frozenset(  # « Il faut être aveugle pour ne pas voir »
    "voir croire comprendre savoir penser imaginer prétendre oser nier douter ignorer affirmer soutenir accepter "
    "supporter mesurer saisir apprécier juger parler".split()
)
WAITS = frozenset(("attendre", "patienter"))
BORN = frozenset("né née nés nées".split())
FORMER = frozenset("ancien ancienne anciens anciennes précédent précédente précédents précédentes".split())
NO_ONE = frozenset(("aucun", "aucune", "nul", "nulle", "rien", "personne"))
UNNAMED = frozenset("on je j' nous vous ce c' cela ceci tu -on".split())
LUI = EUX | {"lui", "elle"}
TO_WHOM = frozenset(("auquel", "auxquels", "auxquelles"))
OBLIQUE_RELATIVES = RELATIVE_SUBJECTS - {"lequel"} | TO_WHOM
OBLIQUE = OBLIQUE_RELATIVES | {"à", ",", "de"}
BEFORE_CLEFT = TO.union(ETRE, ("la", "l'"))  # « c'est à l'État qu'il appartient »
BEFORE_SOURCE = QUE | {",", ";", ":", "et", "mais"}
BEFORE_NUMBER = frozenset((",", ";"))  # what ends a part of a sentence that goes on
NUMBER_ENDS = frozenset((".", ")"))
NUMBER_MARKS = NUMBER_ENDS | DASHES | {"°"}
REFERS = frozenset(("voir", "lire", "cf"))  # « Voir le tableau 3. »
ENDS_SENTENCE = frozenset((".", "!", "?", "»"))
BEFORE_ASIDE = frozenset((",", "»", '"', ">", "”"))
CLOSING_MARKS = CLOSING_QUOTES | {'"', ">", "”"}
IN_TEXT = frozenset(("dans", "à", "au", "aux"))  # « on lit dans le rapport que »
NAMELESS = frozenset(("on", "il", "-on"))
HEARD = frozenset("croire entendre écouter lire suivre".split())  # « à l'en croire », « à les entendre »
BEFORE_VIEW = frozenset(("à", "de", "selon", "après"))  # « à ses yeux », « de leur point de vue »
BEHIND_ASIDE = frozenset((",", ".", ";", ""))

# Pronouns that may stand for an actor, each with whether it is plural and whether feminine (None: either).
IL_ELLE = {
    "ils": (True, False), "elles": (True, True), "elle": (False, True), "il": (False, False),
    "lui-même": (False, False), "elle-même": (False, True), "eux-mêmes": (True, False), "elles-mêmes": (True, True),
}  # fmt: skip
LE_LUI: dict[str, tuple[bool, bool | None]] = {
    "les": (True, None), "leur": (True, None), "lui": (False, None), "l'": (False, None), "le": (False, False),
    "la": (False, True),
}  # fmt: skip
CELUI_CI = {
    "ceux-ci": (True, False), "celles-ci": (True, True), "celui-ci": (False, False), "celle-ci": (False, True),
    "ceux-là": (True, False), "celle-là": (False, True), "celui-là": (False, False),
}  # fmt: skip
CE_CELUI: dict[str, tuple[bool, bool | None]] = {
    "ce": (False, False), "cette": (False, True), "ces": (True, None), "celui": (False, False), "celle": (False, True),
    "ceux": (True, False), "celles": (True, True),
}  # fmt: skip
WHOEVER = frozenset(("tout", "toute", "chaque", "un", "une"))  # « tout chauffeur sommé de s'arrêter »
CELUI = frozenset(CE_CELUI) - DEMONSTRATIVES  # before a relative: « ceux qui », but « ce que » is a thing
THOSE_OR_WHOEVER = CELUI | FREE_RELATIVES
POINTS = frozenset((*CELUI_CI, *CE_CELUI))  # « celui-ci », « ceux »
AFTER_CELUI = HERE_THERE | {"ci", "-"}
LUI_EUX: dict[str, tuple[bool, bool | None]] = {
    "lui": (False, False), "elle": (False, True), "eux": (True, False), "elles": (True, True),
}  # fmt: skip
WHOSE_VIEW = frozenset(("pour", "selon", "après"))  # « pour les uns », « d'après certains »
ACCORDING = frozenset(("selon", "après"))  # « selon eux », « d'après lui »
QUANTIFIED = (ALL_PEOPLE | NUMBERS).union(
    "certains certaines plusieurs quelques-uns quelques-unes beaucoup plupart majorité nombre".split()
)
SINGULAR_ARTICLES = ARTICLES - {"les"}
D_DES = frozenset(("d'", "des"))  # « l'un d'eux », « l'une des leurs »
BEFORE_VERB = SE | NEGATION | {"ont"}
AFTER_IL = NEGATION | DATIVE_CLITICS | {"nous", "me", "m'"}
# A clitic behind an impersonal "il", and how the verb then begins: « il y a », « il en va », « il s'agit ».
IMPERSONAL_WITH = {
    "y": ("a", "eu", "eû", "va", "ira", "faut", "faud"), "en": ("va", "allai", "ira", "résult", "ressort", "découl"),
    "s'": ("agi", "avèr", "avér", "ensui", "impos"),
}  # fmt: skip
CLAUSE_MARKERS = DE | QUE | {"à"}  # « il demeure essentiel de »
JUDGED_MARKERS = CLAUSE_MARKERS | TO  # « il a été demandé aux »

# In a text without accents, what tells the verb "a" from the preposition "à", and a participle from a present tense.
UNACCENTED_AUXILIARIES = FORMS_OF_BOTH | {"ete", "etre", "etait", "etaient", "etant"}
IN_COMPOUND_TENSES = frozenset(
    "pas plus jamais aussi toujours bien deja déjà egalement également ainsi donc instamment".split()
)
ELIDED_ARTICLE = frozenset(("l",))  # as the words between two apostrophes are
NAMED_BY = DETERMINERS | ELIDED_ARTICLE
NOUN_FOLLOWS = DETERMINERS - {"le", "la", "l'", "tout"}  # pronouns too: « le demande », « la traite »
HAS = SUBJECT_WORDS | EN_Y | ELIDED_ARTICLE | {"n"}  # « il a la charge », « elle l'a dit »
HAD_OR_BEEN = BEEN_OR_HAD | {"ete", "pour"}  # « a été », « a eu », « a pour objet »
# Items of a list of recommendations: what may stand before their infinitive (« En matière d'eau, créer un fonds »), the
# adverbs that the tagger takes for nouns at their head, and infinitives of which no noun has the form.
OPENS_ADVERBIAL = frozenset(
    "afin après au aux avant avec compte concernant conformément dans dès en eu grâce lors par pour quant s' sans "
    "selon sous suivant sur à".split()
)
ADVERBS_AT_HEAD = frozenset(("mieux", "ne", "bien", "plus", "davantage"))
NO_NOUNS = frozenset("faire mettre prendre rendre donner tenir agir établir permettre".split())

# Before a name: what is elided, with its preposition and whether it is an article; what is contracted; how names begin
# that want le and not l’; what names, by their first noun, are of another gender than its ending says.
LE_LA = ("le", "la")
ELIDED = {"l": ("", True), "d": ("de", False)}
CONTRACTED = {"du": "de", "au": "à"}
CONTRACT = {"de": "du ", "à": "au "}
ASPIRATED = ("haut", "hong", "hollande", "hongrie")
FEMININE_NAMES = frozenset(
    "agence banque chambre charte cour caisse force francophonie ligue région société table".split()
)
MASCULINE_NAMES = frozenset("comité traité secrétariat parlement génie bureau".split())

# Words of grammar, which say how a text is built and not what it is about.
FUNCTION_WORDS = DETERMINERS.union(
    PREPOSITIONS, PRONOUNS, CLITICS, JOINS_VERBS, OPENERS, NEGATION,
    NEGATORS, NO_ONE, UNNAMED, OBLIQUE_RELATIVES, LUI, COMPARATIVES,
    CONSEQUENCE, AUXILIARIES, BE_OR_HAVE, INTENSIFIERS, QUANTIFIED,
    """à après auprès avant avec chez contre dans depuis derrière dès devant durant en entre envers hormis hors jusque
    lors malgré moyennant nonobstant outre par parmi pendant pour sans sauf selon sous suivant sur vers via voici voilà
    afin alors aussi autant car cependant certes comme comment d donc encore ensuite et l lorsque mais néanmoins ni or
    ou où parce pourquoi pourtant puis puisque quand quant que qui quoi quoique s sinon soit tandis toutefois
    aucun autre autrui ça ceci cela celui certain chacun chaque combien dont il je laquelle le lequel leur lui maint me
    mien mon même moi n notre nous nul on plusieurs quel quelconque quelque quelqu'un quiconque se sien soi son te tel
    tien toi ton tout tu un vôtre votre vous y
    bien ci davantage déjà enfin guère ici jamais là moins ne non pas peu plus plutôt point presque seulement si
    souvent tant tellement tôt toujours très trop""".split(),
)  # fmt: skip
