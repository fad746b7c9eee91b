"""What a table is made of: columns with their kind, unit and allowed values, and the values that all tables share.

The tables themselves are declared in `text`, `requests` and `statistics`.
"""

from __future__ import annotations

from dataclasses import dataclass

MODALITIES = ("urge", "request", "recommend", "propose", "encourage", "duty", "should", "necessity")
CONSTRUCTIONS = ("active", "passive", "impersonal_passive", "reflexive", "nominal", "adjectival", "modal", "listed")
TENSES = ("present", "imperfect", "past", "future", "conditional", "infinitive", "participle")
POLARITIES = ("positive", "negative")
KINDS = ("paragraph", "heading", "annex")
PARTS = ("preambular", "operative", "")
SECTION_ROLES = ("summary", "body", "conclusion", "annex")
ROLES = ("issuer", "addressee", "")
JUDGED = ("same", "different")
CHECKED = ("auto", "confirmed", "edited", "added")
QUANTITIES = ("precision", "recall", "f1", "accuracy", "requests", "distinct", "share", "distinct_share", "sentences")
METHODS = ("difference", "ratio", "complete", "too_few", "drawn")
ACTOR_TYPES = (
    "state", "un", "igo", "civil_society", "private_sector", "labour", "academia", "migrants", "diaspora",
    "participants", "forum", "community", "individual", "document",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its kind (text, int, float, bool, vector), the stage that fills it, its allowed values."""

    name: str
    kind: str
    stage: str
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, and whether it is published in `outputs/tables/`."""

    row: str
    columns: tuple[Column, ...]
    published: bool = True

    def filled_by(self, stage: str | None) -> tuple[Column, ...]:
        """The columns that `stage` fills; all of them for `None`."""
        return tuple(c for c in self.columns if stage is None or c.stage == stage)


def table(row: str, stage: str, *columns: tuple, published: bool = True) -> Table:
    """A table whose columns are filled by `stage`, unless a column (a dict at its end) says otherwise."""
    made = []
    for column in columns:
        name, kind, description, *rest = column
        made.append(Column(name, kind, description=description, **{"stage": stage, **(rest[0] if rest else {})}))
    return Table(row, tuple(made), published)


DOC_ID = ("doc_id", "text", "document: the metadata's doc_id, else the file's stem")
CHARACTER = {"unit": "character of the paragraph's text, from 0"}
LINE = {"unit": "line of the source file, from 1"}
IN_TABLES = {"stage": "tables"}
