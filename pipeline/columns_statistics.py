"""The tables of statistics: groups of requests, counts, specificities, frequencies, correspondence analysis."""

from __future__ import annotations

from pipeline.columns import MODALITIES, Table, table

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
    "members": table(
        "obligation", "clusters",
        ("obligation_id", "text", "obligation"),
        ("cluster", "text", "its group at the chosen k, or unclassified"),
        published=False,
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
    "addressee_by_modality": table(
        "addressee, then those without one, then the total", "tables",
        ("addressee", "text", "canonical name; non nommé where nobody is named; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
    ),
    "theme_by_modality": table(
        "theme, then those without one, then the total", "tables",
        ("theme", "text", "theme code; sans thème where none applies; total"),
        *((m, "int", f"requests of modality {m}", {"unit": "obligations"}) for m in MODALITIES),
        ("total", "int", "requests; one with several counts for each, once in the total row", {"unit": "obligations"}),
    ),
}  # fmt: skip
