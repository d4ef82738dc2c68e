"""The full-text index of a version: which nodes have texts with these words.

words     a text as words that compare equal in every spelling, with their places
question  what someone searches for, as phrases; user text is never a query's syntax
rows      the texts of a graph, and how a change of the graph changes them
file      the index on disk: made from a graph, or from the parent's by a change
pool      connections to it, lent to one thread at a time
index     reads it and ranks what it finds
snippets  where in a text the phrases are, and the part of it that shows them

It is an SQLite FTS5 table beside the version, of words that `words` has made; SQLite
only splits them at the spaces, so that it is the same on every version of SQLite.
"""
