"""Tables of recommendations: rows of a table of which a column's title says that it holds recommendations.

Each row becomes a paragraph that says what it is, with the titles of its columns: the recommendation, with its number
where a column has one, who made it, in brackets, and who is responsible for it. Deadlines, priorities and all else stay
apart, as other cells do.

    Recommandation | Responsable | Délai / Former les agents | Ministère de la santé | 2026
    -> "Recommandation : Former les agents. Responsable : Ministère de la santé."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pries.reading import table_cells
from pries.reading.marks import CALLED, END, LINE, left_out

RECOMMENDED = re.compile(
    r"(?:les |nos |intitulé (?:de la |des )?|texte (?:de la |des )?|énoncé (?:de la |des )?|libellé (?:de la |des )?)?"
    r"(?:recommandations?|recommendations?|préconisations?|mesures? (?:recommandées?|préconisées?)|"
    r"actions? (?:recommandées?|préconisées?))(?: (?:du|de la|des|de l|formulées?|proposées?|principales?)\b.{0,60})?",
    re.IGNORECASE,
)
RESPONSIBLE = re.compile(
    r"(?:(?:entités?|services?|parties?|acteurs?|organismes?|autorités?|structures?|institutions?|directions?|unités?|"
    r"ministères?|administrations?|personnes?|bureaux?) )?(?:responsables?|chargée?s?|concernée?s?|destinataires?|"
    r"pilotes?|porteurs?|compétente?s?|visée?s?)(?: .{0,40})?|chefs? de file|à l['’]intention de|mise? en œuvre par|"
    r"adressée?s? (?:à|au)|entités?|ministères?|qui ?\??",
    re.IGNORECASE,
)
AUTHORS = re.compile(
    r"(?:(?:états?|pays|délégations?|membres?) )?(?:auteure?s?|émett(?:eurs?|rices?)|recommandants?)"
    r"(?: de la recommandation)?|(?:formulée?s?|faite?s?|proposée?s?|émise?s?|recommandée?s?|présentée?s?) par|"
    r"(?:états?|pays) (?:qui recommandent?|à l['’]origine.*|ayant .*)",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"n[o°º]s?\.?|numéros?|#|réf(?:érence|\.)?s?", re.IGNORECASE)
CUT = re.compile(r"(?<=[^\W\d_]-)\n(?=[a-zß-ÿœ])")  # a word, which segmentation will join
CLOSED = re.compile(r"[.!?…;:]\W*$")

Cells = Sequence[Sequence[str]]


@dataclass
class Rows:
    """The rows of one table, in order; the columns are known once their titles have come."""

    recommended: int | None = None
    responsible: int | None = None
    author: int | None = None
    number: int | None = None
    begun: bool = False

    def row(self, cells: Cells) -> list[str]:
        """The lines of a row: as those of any table, until the titles of the columns say what is recommended."""
        texts = [_text(cell) for cell in cells]
        if self.recommended is None:
            if any(texts) and not self.begun:
                self.begun = True
                self._read_titles(texts)
            return table_cells.row(cells)
        if self.recommended >= len(texts) or not texts[self.recommended]:
            return table_cells.row(cells)
        used = {self.recommended}
        number = self._cell(texts, self.number, used)
        author = self._cell(texts, self.author, used).strip("() .")
        said = texts[self.recommended] if not author else f"{texts[self.recommended].rstrip(' .;')} ({author})."
        line = f"Recommandation{' no ' + number if number else ''} : {_ended(said)}"
        if responsible := self._cell(texts, self.responsible, used):
            line += f" Responsable : {_ended(responsible)}"
        others = [text for n, text in enumerate(texts) if n not in used]
        notes = [noted for cell in cells for noted in cell if noted.startswith(LINE) and "footnote" in noted]
        return [line, *notes, *([left_out("table") + "\t".join(others)] if any(others) else [])]

    def _read_titles(self, texts: Sequence[str]) -> None:
        """Which columns the first row names."""
        if len(texts) < 2 or any(table_cells.is_sentence(text) for text in texts):
            return
        for n, text in enumerate(texts):
            title = text.strip(" .:")
            if self.recommended is None and RECOMMENDED.fullmatch(title):
                self.recommended = n
            elif self.responsible is None and RESPONSIBLE.fullmatch(title):
                self.responsible = n
            elif self.author is None and AUTHORS.fullmatch(title):
                self.author = n
            elif self.number is None and NUMBERS.fullmatch(title):
                self.number = n

    def _cell(self, texts: Sequence[str], column: int | None, used: set[int]) -> str:
        if column is None or column >= len(texts):
            return ""
        used.add(column)
        return texts[column].rstrip(".") if column == self.number else texts[column]


def _text(lines: Sequence[str]) -> str:
    """The running text of a cell, on one line but for words that the end of a line cuts."""
    plain = (
        line[line.find(END) + 1 :] if line.startswith(LINE) else line for line in lines if "footnote" not in line[:12]
    )
    return "\n".join(" ".join(part.split()) for part in CUT.split(" ".join(plain)))


def _ended(text: str) -> str:
    return text if CLOSED.search(CALLED.sub("", text)) else text + "."
