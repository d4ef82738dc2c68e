"""Pictures of an ontology, computed from it: where things lie, not how they look.

    layers   boxes in columns, joined by lines that seldom cross
    spread   places in a column, as near as may be to where they are wanted
    links    the classes and the links that each of their things must have
    tree     the classes, each beside those below it

`templates/diagrams.html` draws them.
"""
