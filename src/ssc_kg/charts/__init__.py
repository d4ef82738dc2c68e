"""Pictures of a table: which columns fit a chart, and the drawing.

    table      what is drawn: names and rows of terms
    choose     a table becomes the facts of a chart, or an error that names what lacks
    chart      the four charts as facts, without a drawing library
    draw       a chart becomes a picture (matplotlib, networkx: the extra `charts`)
    bars, lines, maps, networks   one each
    style      sizes, colours for the colour-blind, texts that are folded
    land       the outlines of the continents
    picture    SVG, PNG and a page of HTML, the same bytes for the same table
    apart      a picture of an answer, in a process beside a server

Nothing is fetched, and no row is left out in silence: what has no place is counted in a
note below the picture.
"""
