"""Columns: which column of a table holds the texts and which names them, by their names and by what the cells hold.

Spreadsheets call the text texte, contenu or recommandation. A name counts in any spelling: case, accents, spaces and
underscores aside. Of several columns with such a name the one with the longest cells is the text; where no name tells,
the one column whose cells are sentences. All other columns are metadata.

    id;Recommandation;organe / 7;Former les juges.;CAT -> text Recommandation, doc_id id, and `kind` recommandations
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

TEXT, DOC_ID = "text", "doc_id"
_NAMED = (
    r"(?:le |la |les |nos )?(?:(?:n[o°]s? et )?(?:intitule|texte|enonce|libelle|contenu|objet|text)s? "
    r"(?:de la |des |de |du |of (?:the )?)?)?"
)
_REST = r"(?: [\w'°()/-]+){0,6}"
# What a column of a table of recommendations holds, by its title without case and accents.
MEANINGS = {
    "recommended": re.compile(
        rf"{_NAMED}(?:recomm[ae]ndations?|preconisations?|propositions?|"
        rf"(?:mesures?|actions?|dispositions?)(?: [\w']+){{0,4}} "
        rf"(?:recommandee?s?|preconisee?s?|correctives?|proposee?s?|a (?:mener|prendre|entreprendre|engager))){_REST}"
    ),
    "responsible": re.compile(
        r"(?:(?:entite|service|partie|acteur|organisme|autorite|structure|institution|direction|unite|departement|"
        r"ministere|administration|personne|bureau|point focal|pole|agence|instance|porteur|organe)s?(?: ou \w+)? )?"
        r"(?:responsables?|responsible|(?:en )?charge(?:e|s|es)?|concerne(?:e|s|es)?|destinataires?|addressees?|"
        r"pilotes?|porteurs?|competente?s?|vise(?:e|s|es)?|chef(?:s|fe)? de file)(?: .{0,40})?|"
        r"a l'(?:intention|attention) de|"
        r"mise? en oeuvre par|adressee?s? (?:a|au)|entites?(?: auditees?| controlees?)?|ministeres?|(?:a )?qui ?\??|"
        r"resp\.?|(?:niveaux? de )?responsabilites?|parties? prenantes?(?: concernees?| impliquees?)?|"
        r"(?:public|groupe)s?[- ]cibles?"
    ),
    "author": re.compile(
        r"delegations?|(?:(?:etat|pays|delegation|membre|organe|mecanisme)s? )?"
        r"(?:auteure?s?|emett(?:eur|rice)s?|recommandante?s?)"
        r"(?: de la recommandation)?|recommended by|(?:formule|fait|propose|emis|recommande|presente)(?:e|s|es)? par|"
        r"(?:etats?|pays) (?:qui recommandent?|a l'origine.*|ayant .*)|recommending (?:state|country).*"
    ),
    "reviewed": re.compile(
        r"(?:etat|pays)s?(?: (?:partie|concerne|examine|vise|sous examen|faisant l'objet.*))?|country|"
        r"state(?: under review)?"
    ),
    "body": re.compile(  # who is to act, where no column says it better
        r"(?:acteur|structure|institution|organisme|administration|service|direction|interlocuteur|instance|cible)s?"
        r"(?: de tutelle| auditee?s?| controlee?s?| implique(?:e|s|es)?)?"
    ),
    "answer": re.compile(
        r"(?:(?:reponses?|positions?|avis|suites?|decisions?|reactions?)(?: (?:de |du |des |d'|of )[\w' ]{2,40})?|"
        r"accept(?:ee?s?|ation)|soutenues?|notees?|acceptee?s?(?: ?[/,] ?| ou )(?:notee?|rejetee?|refusee?)s?|"
        r"(?:state )?responses?|statuts? de la recommandation)"
    ),
    "number": re.compile(r"n[o°]s?\.?|numeros?|#|ref(?:erence|\.)?s?"),
}  # fmt: skip
TEXTS = frozenset(
    "text texte textes texts contenu content contents corps body paragraphe paragraphes paragraph paragraphs phrase "
    "phrases sentence sentences passage passages extrait extraits excerpt verbatim verbatims discours speech "
    "intervention interventions declaration message messages libelle enonce observation observations commentaire "
    "commentaires comment comments citation citations quote full_text fulltext texte_integral texte_complet body_text "
    "document_text raw_text plain_text reponse reponses mesure mesures disposition dispositions article resolution "
    "resume abstract summary description transcription transcript".split()
)
# Names of documents, the likelier first.
IDS = (
    "doc_id", "docid", "document_id", "id_document", "id_doc", "id", "identifiant", "identifier", "ident", "uid",
    "uuid", "guid", "key", "cle", "cote", "symbole", "symbol", "reference", "ref", "filename", "file_name", "file",
    "fichier", "nom_fichier", "nom_du_fichier", "document", "doc", "nom", "name", "code", "numero", "number", "num",
    "no", "n", "n°", "nr", "index", "rang", "rank", "ligne", "row", "row_id", "unnamed: 0",
)  # fmt: skip
# Names that only tables have: with them, lines of as many cells are a table even where no column has a text's name.
OTHERS = frozenset(
    "title titre intitule date annee year jour day mois month auteur author auteurs authors langue lang language pays "
    "country organe organ organisme body_name mecanisme mechanism session theme themes sujet subject topic categorie "
    "category type source url lien link statut status etat region valeur value total nombre count page pages "
    "destinataire addressee responsable emetteur issuer echeance priorite priority".split()
)
# What else the columns are called that say of a document what documents.csv has of it.
OF_DOCUMENT = {
    "symbol": ("symbole", "cote"),
    "title": ("titre", "intitule", "titre_du_document", "document_title"),
    "date": (
        "date_de_publication", "date_publication", "date_du_document", "publication_date", "publie_le", "annee", "year",
    ),
}  # fmt: skip
STATES = frozenset("pays etat etats country countries state states".split())
SAMPLE = 200  # rows whose cells are looked at
LONGEST_NAME = 120  # characters, as questions of a survey have
LONGEST_TITLE = 200  # characters of a title that are looked at
WORDS = 6  # of the cells of a column that holds sentences, half of them at least
OPTIONAL = re.compile(
    r"[(·.-](?:e|s|es|e·s|x|ice|ices|trice|rice|nt)(?:[·.-]s)?\)?(?!\w)", re.IGNORECASE
)  # « État(s) »
NO_NAME = re.compile(r"[.!?;]\s*$|[.!?;]\s+[A-ZÀ-Ý]")  # a sentence heads no column


@dataclass(frozen=True)
class Roles:
    """The columns that hold the text and the doc_id, by rank; -1 where no column does."""

    text: int
    doc_id: int
    recommended: bool = False  # the texts are recommendations, by the column's name
    author: str = ""  # the name of a column of those who recommend, which says only that it holds States


def spelled(name: str) -> str:
    """A column's name without case, accents and the signs between its words.

    >>> spelled(" Texte intégral "), spelled("ID-Document")
    ('texte_integral', 'id_document')
    """
    letters = unicodedata.normalize("NFD", name.strip().strip('"').strip().lower())
    return re.sub(r"[\s_./-]+", "_", "".join(c for c in letters if not unicodedata.combining(c))).strip("_")


@lru_cache(2**10)  # the same columns come again with each row
def meaning(name: str) -> str:
    """What a column of a table of recommendations holds, one of MEANINGS, or nothing.

    >>> meaning("Intitulé de la recommandation"), meaning("État(s) auteur(s)"), meaning("Délai")
    ('recommended', 'author', '')
    """
    title = spelled(OPTIONAL.sub("", name[:LONGEST_TITLE])).replace("_", " ").replace("’", "'").strip(" .:")
    return next((what for what, pattern in MEANINGS.items() if pattern.fullmatch(title)), "")


def names_text(header: Sequence[str]) -> bool:
    """Whether a column is called as columns of texts are."""
    return any(spelled(name) in TEXTS or meaning(name) == "recommended" for name in header)


def said_of(cells: Mapping[str, str], name: str) -> str:
    """What the columns of a document say under a name of OF_DOCUMENT, or one that means the same."""
    if cells.get(name, "").strip():
        return cells[name]
    known = {spelled(column): cell for column, cell in cells.items()}
    return next((known[other] for other in OF_DOCUMENT.get(name, ()) if known.get(other, "").strip()), "")


def roles(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Roles:
    """Which columns hold the text and the doc_id of a table with these rows; each row has a cell for each name."""
    names = [spelled(name) for name in header]
    told = [meaning(name) == "recommended" for name in header]
    text = header.index(TEXT) if TEXT in header else _text(names, told, rows[:SAMPLE])
    taken = header.index(DOC_ID) if DOC_ID in header else -1
    ranks = [names.index(name) for name in IDS if name in names and names.index(name) != text]
    named = (rank for rank in ranks if _are_names([row[rank] for row in rows]))
    doc_id = taken if taken >= 0 else next(named, -1)
    author = authors(header, text) if text >= 0 and told[text] else -1
    return Roles(text, doc_id, text >= 0 and told[text], header[author] if author >= 0 else "")


def authors(header: Sequence[str], recommended: int) -> int:
    """The column of States behind the recommendations that the State under review answers: those who recommend; or -1.

    >>> authors(["Recommandation", "Pays", "Réponse de l'État"], 0), authors(["Pays", "Recommandation"], 1)
    (1, -1)
    """
    meanings = [meaning(name) for name in header]
    if "author" in meanings or "answer" not in meanings:
        return -1
    return next((n for n, name in enumerate(header) if n > recommended and spelled(name) in STATES), -1)


def _text(names: Sequence[str], told: Sequence[bool], rows: Sequence[Sequence[str]]) -> int:
    """The column of texts: the longest of those with such a name, else the only one that holds sentences."""
    words = [median([len(row[rank].split()) for row in rows] or [0]) for rank in range(len(names))]
    called = [rank for rank, name in enumerate(names) if name in TEXTS or told[rank]]
    if called:
        best = max(called, key=lambda rank: (told[rank], words[rank]))
        if words[best] >= 2 or len(called) == len(names) or not rows:
            return best
    long = [r for r, count in enumerate(words) if count >= WORDS and names[r] not in OTHERS and names[r] not in IDS]
    return long[0] if len(long) == 1 else called[0] if called else -1


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells can name documents: none is empty, none comes twice."""
    found = {cell.strip() for cell in cells}
    return "" not in found and len(found) == len(cells)


def are_sentences(cells: Sequence[str]) -> bool:
    """Whether sentences stand among some cells, which no column is called; « No. » is no sentence."""
    return any(NO_NAME.search(cell) and not is_name(spelled(cell)) for cell in cells)


def is_name(name: str) -> bool:
    """Whether a name, as it is spelled, is one that tables have."""
    return name in TEXTS or name in IDS or name in OTHERS or meaning(name) != ""


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells look like the names of columns, one of which tables have."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or 2 * len(set(filled)) < len(cells) or any(len(cell) > LONGEST_NAME for cell in filled):
        return False
    return not are_sentences(cells) and any(is_name(spelled(cell)) for cell in filled)
