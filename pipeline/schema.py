"""Every table of the project: its columns, declared once, with the stage that fills them.

Stages write the columns that they fill to `OUTPUTS/.work/*.parquet`; `tables` joins the rest and publishes
CSV. `conform` is the one gate through which every table passes on its way to a file.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

MODALITIES = ("urge", "request", "recommend", "propose", "encourage", "duty", "should", "necessity")
CONSTRUCTIONS = ("active", "passive", "impersonal_passive", "reflexive", "nominal", "adjectival", "modal")
TENSES = ("present", "imperfect", "past", "future", "conditional", "infinitive", "participle")
POLARITIES = ("positive", "negative")
KINDS = ("paragraph", "heading", "annex")
SECTION_ROLES = ("summary", "body", "conclusion", "annex")
ROLES = ("issuer", "addressee", "")
CHECKED = ("auto", "confirmed", "edited", "added")
ACTOR_TYPES = (
    "state", "un", "igo", "civil_society", "private_sector", "labour", "academia", "migrants", "diaspora",
    "participants", "forum", "community", "individual", "document",
)  # fmt: skip

DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "vector": "object"}


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


def _table(row: str, stage: str, *columns: tuple, published: bool = True) -> Table:
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

TABLES: dict[str, Table] = {
    "manifest": _table(
        "document as found in the corpus folder", "corpus",
        DOC_ID,
        ("symbol", "text", "UN document symbol, as in A/68/370"),
        ("title", "text", "title of the document"),
        ("date", "text", "date of the document, ISO 8601"),
        ("lang", "text", "language, ISO 639-1"),
        ("file", "text", "path below the corpus folder"),
        ("sha256", "text", "SHA-256 of the file's bytes"),
        published=False,
    ),
    "documents": _table(
        "document", "segment",
        DOC_ID,
        ("symbol", "text", "UN document symbol, as in A/68/370"),
        ("title", "text", "title of the document"),
        ("date", "text", "date of the document, ISO 8601"),
        ("file", "text", "path below the corpus folder"),
        ("format", "text", "format that the content was read as"),
        ("encoding", "text", "character encoding that the content was read as"),
        ("sha256", "text", "SHA-256 of the file's bytes"),
        ("paragraphs", "int", "paragraphs of body and annex, headings left out", {**IN_TABLES, "unit": "paragraphs"}),
        ("sentences", "int", "sentences and list items", {**IN_TABLES, "unit": "sentences"}),
        ("obligations", "int", "rows of the obligations table", {**IN_TABLES, "unit": "obligations"}),
    ),
    "problems": _table(
        "thing that could not be read or applied", "segment",
        ("file", "text", "file concerned, below the corpus folder"),
        DOC_ID,
        ("line", "int", "line of the file, 0 where none applies", LINE),
        ("stage", "text", "stage that met the problem"),
        ("problem", "text", "what is wrong"),
        ("remedy", "text", "what to do about it"),
    ),
    "dropped": _table(
        "source line left out of the text", "segment",
        DOC_ID,
        ("line", "int", "line of the source file", LINE),
        ("text", "text", "the line as it stands"),
        ("rule", "text", "rule that dropped it"),
    ),
    "paragraphs": _table(
        "paragraph, heading or annex part", "segment",
        DOC_ID,
        ("paragraph", "text", "printed number (12), p3 for the third unnumbered one, annex:… in annexes"),
        ("section", "text", "section as V.A; empty before the first"),
        ("section_title", "text", "title of the section"),
        ("section_role", "text", "part that the section plays in the report", {"values": SECTION_ROLES}),
        ("kind", "text", "what the block is", {"values": KINDS}),
        ("text", "text", "text with line breaks joined, without its number"),
        ("line_start", "int", "first source line", LINE),
        ("line_end", "int", "last source line, included", LINE),
    ),
    "sentences": _table(
        "sentence or list item", "segment",
        DOC_ID,
        ("sentence_id", "text", "identifier made from the document and the sentence's text"),
        ("section", "text", "section as V.A"),
        ("paragraph", "text", "paragraph as in the paragraphs table"),
        ("item", "text", "letter or number of the list item, empty outside lists"),
        ("sentence", "int", "rank in the paragraph, from 1", {"unit": "sentences"}),
        ("start", "int", "first character", CHARACTER),
        ("end", "int", "character after the last", CHARACTER),
        ("text", "text", "the sentence: paragraph text[start:end]"),
    ),
    "tokens": _table(
        "token", "parse",
        DOC_ID,
        ("sentence_id", "text", "sentence of the token"),
        ("i", "int", "rank in the sentence, from 0", {"unit": "tokens"}),
        ("start", "int", "first character", CHARACTER),
        ("end", "int", "character after the last", CHARACTER),
        ("form", "text", "the word as it stands"),
        ("lemma", "text", "lemma"),
        ("tag", "text", "part of speech (Universal Dependencies)"),
        ("morph", "text", "morphological features (Universal Dependencies)"),
        ("head", "int", "rank of the governor; its own rank for a root", {"unit": "tokens"}),
        ("relation", "text", "dependency relation (Universal Dependencies)"),
        published=False,
    ),
    "vectors": _table(
        "word of the corpus that the model has a vector for", "parse",
        ("form", "text", "the word, lower-cased"),
        ("vector", "vector", "the model's static vector", {"unit": "300 numbers"}),
        published=False,
    ),
    "actors": _table(
        "mention of an actor", "actors",
        DOC_ID,
        ("mention_id", "text", "identifier made from the sentence, the words and their occurrence"),
        ("sentence_id", "text", "sentence of the mention"),
        ("paragraph", "text", "paragraph of the mention"),
        ("start", "int", "first character", CHARACTER),
        ("end", "int", "character after the last", CHARACTER),
        ("text", "text", "the words as they stand"),
        ("actor", "text", "canonical name, of the antecedent for a pronoun"),
        ("type", "text", "type of actor", {"values": ACTOR_TYPES}),
        ("role", "text", "role in a request, empty outside", {**IN_TABLES, "values": ROLES}),
        ("antecedent", "text", "mention_id that a pronoun stands for, empty for nouns"),
    ),
    "obligations": _table(
        "trigger", "obligations",
        DOC_ID,
        ("obligation_id", "text", "identifier made from the sentence, the trigger and its occurrence"),
        ("section", "text", "section as V.A"),
        ("paragraph", "text", "paragraph as in the paragraphs table"),
        ("sentence_id", "text", "sentence of the trigger"),
        ("sentence_text", "text", "the sentence"),
        ("trigger", "text", "word that carries the modality, as it stands"),
        ("trigger_lemma", "text", "lemma of the trigger in the frame lexicon"),
        ("trigger_start", "int", "first character of the trigger", CHARACTER),
        ("trigger_end", "int", "character after the trigger's last", CHARACTER),
        ("modality", "text", "class of the request", {"values": MODALITIES}),
        ("construction", "text", "grammatical construction", {"values": CONSTRUCTIONS}),
        ("tense", "text", "tense or mood of the trigger", {"values": TENSES}),
        ("polarity", "text", "negative where what is asked is not to do", {"values": POLARITIES}),
        ("issuer", "text", "who asks, pronouns resolved, no determiner; several: '; '"),
        ("issuer_text", "text", "who asks, the words as they stand"),
        ("issuer_actor", "text", "who asks, canonical names"),
        ("issuer_type", "text", "who asks, types"),
        ("issuer_inferred", "text", "canonical name of whom free indirect speech may continue"),
        ("addressee", "text", "who is to act, pronouns resolved, no determiner; several: '; '"),
        ("addressee_text", "text", "who is to act, the words as they stand"),
        ("addressee_actor", "text", "who is to act, canonical names"),
        ("addressee_type", "text", "who is to act, types"),
        ("actions", "text", "head of each action as it stands; several: '; '"),
        ("action_text", "text", "the words that say what is to be done"),
        ("rule", "text", "frame, construction and cues that made the row"),
        ("theme", "text", "theme codes; several: '; '", IN_TABLES),
        ("cluster", "text", "group of requests, or unclassified", IN_TABLES),
        ("restates", "text", "obligation_id of the request that this one repeats", IN_TABLES),
        ("checked", "text", "whether a person has looked at the row", {**IN_TABLES, "values": CHECKED}),
        ("citation", "text", "how to cite the place, as in A/68/370, par. 12", IN_TABLES),
    ),
    "actions": _table(
        "action of an obligation", "obligations",
        DOC_ID,
        ("obligation_id", "text", "obligation of the action"),
        ("action", "int", "rank in the obligation, from 1", {"unit": "actions"}),
        ("head", "text", "head word as it stands"),
        ("lemma", "text", "lemma of the head"),
        ("label", "text", "what a reader calls the action (mettre en œuvre)"),
        ("object", "text", "head of its complement"),
        ("text", "text", "the words of the action"),
        ("start", "int", "first character", CHARACTER),
        ("end", "int", "character after the last", CHARACTER),
        ("negated", "bool", "whether what is asked is not to do it"),
    ),
    "themes": _table(
        "unit and theme", "themes",
        DOC_ID,
        ("unit", "text", "kind of unit", {"values": ("paragraph", "obligation")}),
        ("unit_id", "text", "paragraph or obligation_id"),
        ("theme", "text", "code in the code book"),
        ("score", "int", "how many times its patterns occur", {"unit": "matches"}),
        ("evidence", "text", "the words that matched, with start:end; several: '; '"),
    ),
    "clusters": _table(
        "group of requests", "clusters",
        ("cluster", "text", "identifier of the group"),
        ("label", "text", "its own marking actions and terms"),
        ("size", "int", "requests in the group", {"unit": "obligations"}),
        ("share", "float", "share of all requests", {"unit": "proportion, 0 to 1"}),
        ("stability", "float", "mean Jaccard with its best match over subsamples", {"unit": "0 to 1"}),
        ("terms", "text", "terms that mark the group; several: '; '"),
        ("representative", "text", "quotation nearest to the group's centre"),
        ("representative_id", "text", "obligation_id of the quotation"),
    ),
    "clusters_by_k": _table(
        "number of groups and obligation", "clusters",
        ("k", "int", "number of groups", {"unit": "groups"}),
        ("obligation_id", "text", "obligation"),
        ("cluster", "text", "its group at this k, or unclassified"),
    ),
    "members": _table(
        "obligation", "clusters",
        ("obligation_id", "text", "obligation"),
        ("cluster", "text", "its group at the chosen k, or unclassified"),
        published=False,
    ),
    "k_selection": _table(
        "number of groups", "clusters",
        ("k", "int", "number of groups", {"unit": "groups"}),
        ("silhouette", "float", "mean silhouette, cosine distance", {"unit": "-1 to 1"}),
        ("stability", "float", "mean adjusted Rand index over subsamples", {"unit": "-1 to 1"}),
        ("stability_low", "float", "lower bound of the 95 % interval", {"unit": "-1 to 1"}),
        ("stability_high", "float", "upper bound of the 95 % interval", {"unit": "-1 to 1"}),
        ("smallest", "int", "size of the smallest group", {"unit": "obligations"}),
        ("chosen", "bool", "whether this k is the published one"),
    ),
    "addressee_by_modality": _table(
        "addressee, then those without one, then the total", "tables",
        ("addressee", "text", "canonical name; non nommé where nobody is named; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
    ),
    "theme_by_modality": _table(
        "theme, then those without one, then the total", "tables",
        ("theme", "text", "theme code; sans thème where none applies; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
    ),
}  # fmt: skip


def empty(name: str, stage: str | None = None) -> pd.DataFrame:
    """The table `name` without rows, with the columns that `stage` fills (all for `None`)."""
    return conform(pd.DataFrame({c.name: [] for c in TABLES[name].filled_by(stage)}), name, stage)


def conform(frame: pd.DataFrame, name: str, stage: str | None = None) -> pd.DataFrame:
    """`frame` with exactly the declared columns, in order and of the declared types.

    Raises ValueError for a missing or unknown column, a missing value, or a value that is not allowed.
    """
    columns = TABLES[name].filled_by(stage)
    wanted, found = [c.name for c in columns], list(frame.columns)
    if set(wanted) != set(found):
        raise ValueError(
            f"table {name}: missing {sorted(set(wanted) - set(found))}, unknown {sorted(set(found) - set(wanted))}"
        )
    frame = frame[wanted].reset_index(drop=True).astype({c.name: DTYPES[c.kind] for c in columns})
    for column in columns:
        values = frame[column.name]
        if column.kind != "float" and values.isna().any():
            raise ValueError(f"table {name}: {column.name} has a missing value")
        if column.values and not values.isin(column.values).all():
            wrong = sorted(set(values) - set(column.values))
            raise ValueError(f"table {name}: {column.name} has {wrong}, not one of {column.values}")
    return frame
