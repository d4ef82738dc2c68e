"""The query worker as a program: it writes every format of the table.

`python -m ssc_kg.publish.worker` is started by `ssc_kg.store.workers`, never by hand.
"""

from functools import partial

from ssc_kg.formats.results import write_csv, write_json, write_tsv, write_xml
from ssc_kg.formats.table import (
    CSV,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TSV,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.store.worker import Writers, run

WRITERS = Writers(
    engine={
        format_.name: format_.results for format_ in RESULT_FORMATS if format_.results
    },
    tables={
        RESULTS_JSON.name: write_json,
        RESULTS_XML.name: write_xml,
        CSV.name: write_csv,
        TSV.name: write_tsv,
    },
    graphs={
        format_.name: partial(write_graph, format_=format_) for format_ in RDF_FORMATS
    },
)

if __name__ == "__main__":
    run(WRITERS)
