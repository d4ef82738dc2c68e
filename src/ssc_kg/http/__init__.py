"""What the HTTP faces share.

    negotiation   which format a client gets for its Accept header
    problems      errors to RFC 9457 problem documents
    problem_page  what a person is shown of one, with where to go on
    preferences   what a client would like beside (RFC 7240)
    conditional   entity tags and 304
    structured    lists of texts in a header (RFC 9651)
    compression   Brotli and gzip that keep strong entity tags true
    cors          every reply may be read by scripts of any origin

A face decides what to say; the modules here decide how HTTP says it.
"""
