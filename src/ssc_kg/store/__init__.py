"""The triple store: where the dataset is, and how it is read and written.

protocol    what the rest of the program asks of a store
embedded    pyoxigraph inside this process, on disk or in memory
versions    a directory of immutable versions, their records, the current one
draft       the one way to write: a copy, changed, then published
digest      the hash of a version, computed after it is published
canonical   the named graphs of a version as sorted lines; lines: sorted, however many
deltas      how versions differ, by what each keeps of its parent
snapshot    what a server reads: one version from start to end of a request
copies      a store of somebody else, as a version
search      the full-text index that is kept with each version
text_index  what the rest of the program asks of it
publications who is told when another version becomes current
workers     processes that run SPARQL of strangers, under limits: the server's side
worker      the other side: such a process, as whoever makes it a program calls it
request     what a worker is asked, and what it says about its answer
channel     the server's end of the socket between them
wire        how the two sides say it to each other
evaluation  one query given to the engine, and what the engine gets wrong mended
allocator   memory that a query no longer needs, given back
sandbox     what a process gives up before it runs what strangers wrote
"""
