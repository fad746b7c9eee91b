"""Matrix and network: paragraphs × lemmas for R, Python or Julia, and who asks whom for Gephi.

Reads paragraphs, obligations and the tokens; writes dtm.mtx with dtm_rows.csv and dtm_columns.csv, and
network.graphml.

dtm.mtx is Matrix Market, coordinate integer general (math.nist.gov/MatrixMarket/formats.html): a comment, then `rows
columns entries`, then `row column count`, from 1. Rows are the paragraphs (headings left out), columns the lemmas in
small letters; words count as they do in lexicon.csv (those that hold a letter).

network.graphml (graphml.graphdrawing.org): an edge from each issuer to each addressee of a request, its weight the
number of requests, and as many per modality. Names are canonical. Who is not named is one node as issuer and one as
addressee (type `unnamed`), so that each request counts; one with two issuers and three addressees counts on six
edges.

    intervenants -> gouvernements, weight 1, urge 1
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from itertools import zip_longest as longest

from lxml import etree

from pries.exchange.finished_run import Files, Source, csv_text, flat
from pries.grammar import content_words
from pries.schema.columns import MODALITIES
from pries.store.cells import several

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
UNNAMED = "unnamed"
LABELS = {"issuer": "non nommé (qui demande)", "addressee": "non nommé (à qui)"}
NODE_KEYS = {"label": "string", "type": "string", "issued": "int", "received": "int"}
EDGE_KEYS = {"weight": "double", "restatements": "int", **dict.fromkeys(MODALITIES, "int")}
ROW_COLUMNS = ("row", "document", "paragraph", "section", "section_role", "kind", "words")

Node = tuple[str, str]  # role where nobody is named, else ""; name


def dtm(source: Source) -> Files:
    """The matrix, its rows and its columns."""
    columns: dict[str, int] = {}
    frequency: Counter[str] = Counter()
    entries, rows = [], []
    for rank, paragraph in enumerate(source.paragraphs, 1):
        words = (word for _, found in source.parsed(paragraph) for word in found if content_words.is_word(word.form))
        counts = Counter(flat(word.lemma.lower().replace("’", "'")) for word in words)
        frequency += counts
        for lemma, n in counts.items():
            entries.append(f"{rank} {columns.setdefault(lemma, len(columns) + 1)} {n}\n")
        place = (paragraph.doc_id, paragraph.paragraph, paragraph.section, paragraph.section_role, paragraph.kind)
        rows.append(dict(zip(ROW_COLUMNS, (rank, *map(flat, place), counts.total()), strict=True)))
    named = [{"column": at, "lemma": lemma, "frequency": frequency[lemma]} for lemma, at in columns.items()]
    made = f"ont-ete-pries {source.version}, settings {source.settings}"  # the format is ASCII
    head = f"%%MatrixMarket matrix coordinate integer general\n% {made}\n"
    return {
        "dtm.mtx": f"{head}{len(rows)} {len(columns)} {len(entries)}\n{''.join(entries)}",
        "dtm_rows.csv": csv_text(rows, ROW_COLUMNS),
        "dtm_columns.csv": csv_text(named, ("column", "lemma", "frequency")),
    }


def network(source: Source) -> tuple[dict[Node, Counter[str]], dict[tuple[Node, Node], Counter[str]]]:
    """Nodes with their types and counts, and edges with their counts."""
    nodes: dict[Node, Counter[str]] = defaultdict(Counter)
    edges: dict[tuple[Node, Node], Counter[str]] = defaultdict(Counter)
    for row in source.rows("obligations"):
        ends: dict[str, list[Node]] = {}
        for role, done in (("issuer", "issued"), ("addressee", "received")):
            names = several(getattr(row, f"{role}_actor"))
            types = [kind.strip() for kind in getattr(row, f"{role}_type").split(";")]  # of some, it may be empty
            typed = dict(longest(names, types[: len(names)], fillvalue="")) or {"": UNNAMED}
            ends[role] = [("" if name else role, name) for name in typed]
            for node, kind in zip(ends[role], typed.values(), strict=True):
                nodes[node].update([done, f"type:{kind}"])
        for edge in product(ends["issuer"], ends["addressee"]):
            edges[edge].update(["weight", row.modality] + ["restatements"] * bool(row.restates))
    return dict(nodes), dict(edges)


def kind_of(counted: Counter[str]) -> str:
    """The type that a node has most often, the first in the alphabet where two are as frequent."""
    kinds = [(-n, key.removeprefix("type:")) for key, n in counted.items() if key.startswith("type:")]
    return min(kinds)[1]


def add_data(parent: etree._Element, prefix: str, values: dict[str, str]) -> None:
    """The attributes of a node or an edge."""
    for key, value in values.items():
        etree.SubElement(parent, f"{{{GRAPHML}}}data", key=f"{prefix}_{key}").text = flat(value)


def graphml(source: Source) -> Files:
    """The network of requests."""
    nodes, edges = network(source)
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})
    described = etree.SubElement(root, f"{{{GRAPHML}}}desc")
    described.text = f"Requests from issuer to addressee. {source.made}"
    for of, prefix, keys in (("node", "n", NODE_KEYS), ("edge", "e", EDGE_KEYS)):
        for key, kind in keys.items():
            attributes = {"id": f"{prefix}_{key}", "for": of, "attr.name": key, "attr.type": kind}
            etree.SubElement(root, f"{{{GRAPHML}}}key", attributes)
    graph = etree.SubElement(root, f"{{{GRAPHML}}}graph", id="requests", edgedefault="directed")
    ids = {node: f"n{rank}" for rank, node in enumerate(nodes)}
    for node, counted in nodes.items():
        made = etree.SubElement(graph, f"{{{GRAPHML}}}node", id=ids[node])
        sums = {key: str(counted[key]) for key in ("issued", "received")}
        add_data(made, "n", {"label": node[1] or LABELS[node[0]], "type": kind_of(counted), **sums})
    for rank, ((issuer, addressee), counted) in enumerate(edges.items()):
        ends = {"source": ids[issuer], "target": ids[addressee]}
        made = etree.SubElement(graph, f"{{{GRAPHML}}}edge", {"id": f"e{rank}", **ends})
        add_data(made, "e", {key: str(counted[key]) for key in EDGE_KEYS})
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return {"network.graphml": text.decode("utf-8")}
