"""The catalogue: named questions, each a file or two in `queries/`.

questions   a question, and how one is found
"""
