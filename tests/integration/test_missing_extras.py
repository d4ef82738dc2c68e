"""What a format needs that is not installed, said wherever it is asked for."""

import subprocess
import sys

import pytest

# Whether a package is there is looked up when the formats are first imported.
WITHOUT = """
import importlib.util
find = importlib.util.find_spec
missing = ("pyarrow", "matplotlib")
importlib.util.find_spec = lambda name: None if name in missing else find(name)
from pathlib import Path
from ssc_kg.cli.answers import Delivery, _offered
from ssc_kg.formats.table import RDF_FORMATS, RESULT_FORMATS, RESULTS_JSON
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.session.result import Result
table = Result(b'{"head":{"vars":[]},"results":{"bindings":[]}}', RESULTS_JSON)
"""


@pytest.mark.parametrize(
    ("asking", "extra"),
    [
        pytest.param("named('parquet', RESULT_FORMATS)", "arrow", id="name"),
        pytest.param("named('svg', RESULT_FORMATS)", "charts", id="picture"),
        pytest.param(
            "negotiate('application/vnd.apache.parquet', RESULT_FORMATS)",
            "arrow",
            id="media type",
        ),
        pytest.param("_offered(Delivery('parquet'))", "arrow", id="flag"),
        pytest.param("_offered(Delivery(out=Path('a.parquet')))", "arrow", id="file"),
        pytest.param("table.save('a.parquet')", "arrow", id="saved"),
    ],
)
def test_a_format_whose_extra_is_missing_names_it(asking: str, extra: str) -> None:
    program = [sys.executable, "-c", WITHOUT + asking]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert f"the extra {extra}, which brings it, is not installed" in done.stderr


@pytest.mark.parametrize(
    "asking",
    [
        pytest.param("named('xlsx', RESULT_FORMATS)", id="no format"),
        pytest.param("named('parquet', RDF_FORMATS)", id="no format of graphs"),
    ],
)
def test_what_no_extra_brings_names_none(asking: str) -> None:
    program = [sys.executable, "-c", WITHOUT + asking]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert "cannot satisfy" in done.stderr
    assert "extra" not in done.stderr.splitlines()[-1]
