"""The gallery: one module a figure; `figures` finds every module of this folder, docs/adding.md says what one holds."""

# Nothing is imported here: a figure is added by adding its module. Who imports this package rests on all its modules.
