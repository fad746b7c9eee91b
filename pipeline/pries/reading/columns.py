"""Columns: which column of a table holds the texts and which names them, by their names and by what the cells hold.

Spreadsheets call the text texte, contenu or recommandation. A name counts in any spelling: case, accents, spaces and
underscores aside. Of several columns with such a name the one with the longest cells is the text; where no name tells,
the one column whose cells are sentences. All other columns are metadata.

    id;Recommandation;organe / 7;Former les juges.;CAT -> text Recommandation, doc_id id, and `kind` recommandations
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

TEXT, DOC_ID = "text", "doc_id"
RECOMMENDED = frozenset(
    "recommandation recommandations recommendation recommendations texte_de_la_recommandation "
    "texte_recommandation libelle_de_la_recommandation text_of_recommendation recommandation_texte "
    "recommendation_text recommandations_formulees".split()
)
TEXTS = RECOMMENDED | frozenset(
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
SAMPLE = 200  # rows whose cells are looked at
LONGEST_NAME = 60  # characters
WORDS = 6  # of the cells of a column that holds sentences, half of them at least
NO_NAME = re.compile(r"[.!?;]\s*$|[.!?;]\s+[A-ZÀ-Ý]")  # a sentence heads no column


@dataclass(frozen=True)
class Roles:
    """The columns that hold the text and the doc_id, by rank; -1 where no column does."""

    text: int
    doc_id: int
    recommended: bool = False  # the texts are recommendations, by the column's name


def spelled(name: str) -> str:
    """A column's name without case, accents and the signs between its words.

    >>> spelled(" Texte intégral "), spelled("ID-Document")
    ('texte_integral', 'id_document')
    """
    letters = unicodedata.normalize("NFD", name.strip().strip('"').strip().lower())
    return re.sub(r"[\s_./-]+", "_", "".join(c for c in letters if not unicodedata.combining(c))).strip("_")


def roles(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Roles:
    """Which columns hold the text and the doc_id of a table with these rows; each row has a cell for each name."""
    names = [spelled(name) for name in header]
    text = header.index(TEXT) if TEXT in header else _text(names, rows[:SAMPLE])
    taken = header.index(DOC_ID) if DOC_ID in header else -1
    ranks = [names.index(name) for name in IDS if name in names and names.index(name) != text]
    named = (rank for rank in ranks if _are_names([row[rank] for row in rows]))
    doc_id = taken if taken >= 0 else next(named, -1)
    return Roles(text, doc_id, text >= 0 and names[text] in RECOMMENDED)


def _text(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The column of texts: the longest of those with such a name, else the only one that holds sentences."""
    words = [median([len(row[rank].split()) for row in rows] or [0]) for rank in range(len(names))]
    called = [rank for rank, name in enumerate(names) if name in TEXTS]
    if called:
        best = max(called, key=lambda rank: (words[rank], names[rank] in RECOMMENDED))
        if words[best] >= 2 or len(called) == len(names) or not rows:
            return best
    long = [r for r, count in enumerate(words) if count >= WORDS and names[r] not in OTHERS and names[r] not in IDS]
    return long[0] if len(long) == 1 else called[0] if called else -1


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells can name documents: none is empty, none comes twice."""
    found = {cell.strip() for cell in cells}
    return "" not in found and len(found) == len(cells)


def are_sentences(cells: Sequence[str]) -> bool:
    """Whether sentences stand among some cells, which no column is called."""
    return any(NO_NAME.search(cell) for cell in cells)


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells look like the names of columns, one of which tables have."""
    names = [spelled(cell) for cell in cells]
    if len(names) < 2 or len(set(names)) < len(names):
        return False
    if are_sentences(cells) or any(len(name) > LONGEST_NAME for name in names):
        return False
    return any(name in TEXTS or name in IDS or name in OTHERS for name in names)
