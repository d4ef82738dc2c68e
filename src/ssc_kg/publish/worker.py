"""The query worker as a program: it writes every format of the table.

`python -m ssc_kg.publish.worker` is started by `ssc_kg.store.workers`, never by hand.
"""

from functools import partial

from ssc_kg.formats.solutions import import_writer, write_solutions
from ssc_kg.formats.table import RDF_FORMATS, RESULT_FORMATS, TYPED_FORMATS
from ssc_kg.formats.write import write_graph
from ssc_kg.publish.labels import add_labels
from ssc_kg.store.worker import Writers, run

WRITERS = Writers(
    engine={
        format_.name: format_.results for format_ in RESULT_FORMATS if format_.results
    },
    tables={
        format_.name: partial(write_solutions, format_=format_)
        for format_ in RESULT_FORMATS
    },
    graphs={
        format_.name: partial(write_graph, format_=format_) for format_ in RDF_FORMATS
    },
    label=add_labels,
    prepare={format_.name: import_writer for format_ in TYPED_FORMATS},
)

if __name__ == "__main__":
    run(WRITERS)
