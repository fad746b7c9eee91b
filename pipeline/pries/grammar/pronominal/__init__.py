"""Pronouns of one or more words, and where they begin."""
