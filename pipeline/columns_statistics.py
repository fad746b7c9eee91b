"""The tables of statistics: groups of requests, counts, specificities, frequencies, correspondence analysis."""

from __future__ import annotations

from pipeline.columns import MODALITIES, Table, table

OWN_COLUMN = "metadata:"  # begins the part_kind of a column of metadata.csv
PART_KIND = "section, document, date, addressee_type, cluster, or metadata:FIELD for a column of metadata.csv"
LOG = {"unit": "powers of ten"}
UNITS = ("form", "lemma", "actor", "trigger")

TABLES: dict[str, Table] = {
    "clusters": table(
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
    "clusters_by_k": table(
        "number of groups and obligation", "clusters",
        ("k", "int", "number of groups", {"unit": "groups"}),
        ("obligation_id", "text", "obligation"),
        ("cluster", "text", "its group at this k, or unclassified"),
    ),
    "k_selection": table(
        "number of groups", "clusters",
        ("k", "int", "number of groups", {"unit": "groups"}),
        ("silhouette", "float", "mean silhouette, cosine distance", {"unit": "-1 to 1"}),
        ("stability", "float", "mean adjusted Rand index over subsamples", {"unit": "-1 to 1"}),
        ("stability_low", "float", "lower bound of the 95 % interval", {"unit": "-1 to 1"}),
        ("stability_high", "float", "upper bound of the 95 % interval", {"unit": "-1 to 1"}),
        ("smallest", "int", "size of the smallest group", {"unit": "obligations"}),
        ("chosen", "bool", "whether this k is the published one"),
    ),
    "specificities": table(
        "part and term that it has more, or less, than expected (scores under `banal` are left out)", "specificities",
        ("part_kind", "text", PART_KIND),
        ("part", "text", "section, document, year, type of addressee, group of requests, or value of the column"),
        ("unit", "text", "what is counted", {"values": UNITS}),
        ("term", "text", "the term"),
        ("f", "int", "times that the term comes in the part", {"unit": "occurrences"}),
        ("F", "int", "times that it comes in the whole", {"unit": "occurrences"}),
        ("t", "int", "size of the part", {"unit": "occurrences of the unit"}),
        ("T", "int", "size of the whole", {"unit": "occurrences of the unit"}),
        ("score", "float", "-log10 P(X ≥ f) where over-used, log10 P(X ≤ f) where under-used (Lafon 1980)", LOG),
    ),
    "specificity_tests": table(
        "kind of part and unit", "specificities",
        ("part_kind", "text", PART_KIND),
        ("unit", "text", "what is counted", {"values": UNITS}),
        ("parts", "int", "parts compared", {"unit": "parts"}),
        ("terms", "int", "terms frequent enough to be tested", {"unit": "terms"}),
        ("cells", "int", "parts × terms", {"unit": "cells"}),
        ("specific", "int", "cells in the specificities table", {"unit": "cells"}),
        ("out_of_reach", "int", "cells that no frequency could have made specific", {"unit": "cells"}),
    ),
    "lexicon": table(
        "form or lemma", "frequencies",
        ("unit", "text", "what is counted", {"values": ("form", "lemma")}),
        ("term", "text", "the form or lemma, in small letters"),
        ("frequency", "int", "times that it comes", {"unit": "occurrences"}),
        ("documents", "int", "documents that have it", {"unit": "documents"}),
        ("hapax", "bool", "whether it comes only once"),
    ),
    "repeated_segments": table(
        "sequence of forms that comes again", "frequencies",
        ("segment", "text", "the forms, in small letters"),
        ("length", "int", "how many forms", {"unit": "words"}),
        ("frequency", "int", "times that it comes", {"unit": "occurrences"}),
        ("documents", "int", "documents that have it", {"unit": "documents"}),
    ),
    "afc": table(
        "point and axis of the correspondence analysis", "correspondence",
        ("side", "text", "row (lemma, actor) or column (section, document)", {"values": ("row", "column")}),
        ("name", "text", "lemma, actor, section or document"),
        ("supplementary", "bool", "whether it was placed on the axes afterwards"),
        ("frequency", "int", "sum of its row or column", {"unit": "occurrences"}),
        ("mass", "float", "its share of the table, 0 where supplementary", {"unit": "0 to 1"}),
        ("axis", "int", "number of the axis, from 1", {"unit": "axes"}),
        ("coordinate", "float", "principal coordinate", {"unit": "χ distance"}),
        ("contribution", "float", "its share of the axis's inertia, 0 where supplementary", {"unit": "0 to 1"}),
        ("cos2", "float", "share of its distance from the centre that the axis shows", {"unit": "0 to 1"}),
    ),
    "afc_axes": table(
        "axis of the correspondence analysis", "correspondence",
        ("axis", "int", "number, from 1", {"unit": "axes"}),
        ("eigenvalue", "float", "inertia of the axis", {"unit": "0 to 1"}),
        ("share", "float", "its share of the whole inertia", {"unit": "0 to 1"}),
        ("cumulated", "float", "share of this axis and those before", {"unit": "0 to 1"}),
    ),
    "cluster_members": table(
        "obligation in its group, most central first", "clusters",
        ("cluster", "text", "its group at the chosen k, or unclassified"),
        ("rank", "int", "rank in the group by centrality, from 1", {"unit": "obligations"}),
        ("obligation_id", "text", "obligation"),
        ("centrality", "float", "mean likeness to the members of its group", {"unit": "-1 to 1"}),
        ("reason", "text", "why it is in no group; empty where it is in one"),
    ),
    "cluster_tree": table(
        "merge of the tree of requests", "clusters",
        ("merge", "int", "number of the merge, from 1, nearest first", {"unit": "merges"}),
        ("left", "text", "obligation_id, or the number of an earlier merge"),
        ("right", "text", "obligation_id, or the number of an earlier merge"),
        ("distance", "float", "cosine distance at which the two are joined", {"unit": "0 to 2"}),
        ("size", "int", "requests below the merge", {"unit": "obligations"}),
    ),
    "addressee_by_modality": table(
        "addressee, then those without one, then the total", "tables",
        ("addressee", "text", "canonical name; non nommé where nobody is named; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
        ("distinct", "int", "the same, restatements counted once", {"unit": "obligations"}),
    ),
    "theme_by_modality": table(
        "theme, then those without one, then the total", "tables",
        ("theme", "text", "theme code; sans thème where none applies; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
        ("distinct", "int", "the same, restatements counted once", {"unit": "obligations"}),
    ),
}  # fmt: skip
