"""Ont été priés: who asks whom to do what, how strongly, in French UN reports.

From sentence to figure, in the order of the modules:
corpus, segment, parse, actors, obligations, themes, clusters, tables, figures.
"""

__version__ = "0.1.0"
