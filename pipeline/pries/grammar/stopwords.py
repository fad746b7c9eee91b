"""Stop words: the lemmas that say nothing of what is asked, from stopwords.csv; words of grammar, a closed class.

faire, mettre, mesure, … but not ratifier
"""

from __future__ import annotations

from pathlib import Path

from pries.base import lexicon
from pries.grammar import words

STOPWORDS = lexicon.Lexicon("stopwords.csv", columns=("lemma", "note"), optional=("note",), key=("lemma",))

# words of grammar, which say how a text is built and not what it is about
FUNCTION_WORDS = words.DETERMINERS.union(
    words.PREPOSITIONS, words.PRONOUNS, words.CLITICS, words.JOINS_VERBS, words.OPENERS, words.NEGATION,
    words.NEGATORS, words.NO_ONE, words.UNNAMED, words.OBLIQUE_RELATIVES, words.LUI, words.COMPARATIVES,
    words.CONSEQUENCE, words.AUXILIARIES, words.BE_OR_HAVE, words.INTENSIFIERS, words.QUANTIFIED,
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


def read(lexicons: Path) -> frozenset[str]:
    """The lemmas. Raises InputError."""
    return frozenset(row["lemma"] for row in lexicon.read(lexicons, STOPWORDS))
