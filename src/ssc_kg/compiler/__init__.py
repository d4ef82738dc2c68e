"""Compile a GraphQL selection to SPARQL, and its rows back to JSON.

    stage       module        from -> to
    ---------   -----------   -------------------------------------------------------
    selection   selection     GraphQL AST -> Selection      fragments, variables, types
    lowering    lower         Selection + SchemaMap -> Plan   names become IRIs
                paging, drafts                             arguments; unfinished fetches
    emission    emit          Fetches + parents -> Select    one query per level
    collection  collect       rows -> Answers                by branch, parent and node
    shaping     shape         Plan + Answers -> JSON values  keys, lists, nulls, errors
                quick                                      most objects, the short way
                facts         and the triples that these say   if they are wanted

A plan is two trees. A `Fetch` says what to read: some nodes, their values, and further
fetches that start from them. A `Template` says how the answer looks: which key holds
which value of which fetch. They differ because aliases, fragments and `nodes` beside
`edges` may show one fetch in several places.

Each stage is a pure function from one immutable tree to the next and can be printed and
tested alone. Nothing here talks to a store: the caller runs the queries. A node type is
handled by `match` with `assert_never`, so a new one does not type-check until every
stage knows it.

Several stages look at `preferences`, which says in which language a text is shown.
"""
