"""The things of each class, sorted, in a file of SQLite beside each version.

A page of an unfiltered list then costs a look into a B-tree, first or last, of five
thousand things or of a million. Of lists below a thing it is only kept how long the
longer ones are, which tells where there is nothing to cut, and so nothing to sort.

rows    what stands where, read from a graph or from a change of it
fans    to how many nodes a property leads from one
file    the index on disk: make it, or bring the parent's up to date
index   pages and sizes, from any number of threads
"""

from ssc_kg.store.order.file import make_index, update_index

__all__ = ["make_index", "update_index"]
