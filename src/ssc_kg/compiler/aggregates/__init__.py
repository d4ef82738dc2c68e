"""The groups of a list of nodes, and what is measured of each.

    plan      what to group by and measure, and how the groups look
    lower     Selection -> Aggregate + Groups   names become fields
    having    which groups are kept
    emit      Aggregate -> sub-selects          one for each field that is measured
    collect   rows -> the cells of each group
    shape     cells -> JSON values

A node counts once in each of its groups, whatever joins its conditions and keys make.
What a field does not show, for want of a value or because it cannot be read, is neither
counted nor measured; as a key it is null.
"""
