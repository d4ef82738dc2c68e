"""A chart of a result, as a file or in a notebook."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ssc_kg.charts.chart import Chart, ChartKind
from ssc_kg.charts.choose import choose, choose_first
from ssc_kg.charts.describe import describe
from ssc_kg.charts.table import Table, legible
from ssc_kg.errors import ChartError, ConfigurationError
from ssc_kg.extras import needing
from ssc_kg.rdf.native import AnyTerm, native

SUFFIXES = (".svg", ".png", ".html")
"""What the name of a picture's file may end in."""
_PACKAGES = ("matplotlib", "networkx", "numpy")
_SVG = re.compile(r"<svg\b[^>]*>")


def make_picture(kind: str | None, table: Table, title: str = "") -> "Picture":
    """Return a picture of a table.

    Args:
        kind: bar, line, map or network; None for the first that fits.
        table: What is drawn.
        title: What is written above; nothing if empty.

    Raises:
        ChartError: There is no such kind, or the table does not fit it.
        MissingExtraError: The packages that draw are not installed.
    """
    chart = choose_first(table) if kind is None else choose(read_kind(kind), table)
    import_drawing()
    return Picture(chart, legible(title), table)


def read_kind(text: str) -> ChartKind:
    """Return the kind of chart that has a name.

    Raises:
        ChartError: None has it.
    """
    if text not in set(ChartKind):
        names = ", ".join(ChartKind)
        raise ChartError(text, f"there is no such chart; there are: {names}")
    return ChartKind(text)


@dataclass(frozen=True)
class Picture:
    """A chart that can be written; a notebook shows it."""

    chart: Chart
    title: str
    table: Table

    @cached_property
    def description(self) -> str:
        """What it shows, in words, for those who do not see it."""
        return describe(self.chart)

    def to_svg(self) -> str:
        """Return the picture as SVG, with its title and description in words."""
        svg = self._svg
        start = _SVG.search(svg)
        if start is None:
            msg = "the drawing library writes no SVG"
            raise AssertionError(msg)
        tag = start[0][:-1] + ' role="img" aria-labelledby="title description">'
        words = (
            f'\n <title id="title">{escape(self.title or "Chart")}</title>'
            f'\n <desc id="description">{escape(self.description)}</desc>'
        )
        return svg[: start.start()] + tag + words + svg[start.end() :]

    def to_png(self) -> bytes:
        """Return the picture as PNG, 150 pixels to the inch."""
        png: bytes = import_drawing().write_png(self.chart, self.title)
        return png

    def to_html(self) -> str:
        """Return a page with the picture and its rows as a table; it needs no other."""
        svg = self.to_svg()
        return (
            _environment()
            .get_template("chart.html")
            .render(
                title=self.title or "Chart",
                svg=Markup(svg[svg.index("<svg") :]),  # noqa: S704  (its texts are escaped)
                columns=self.table.columns,
                rows=[[_shown(cell) for cell in row] for row in self.table.rows],
                description=self.description,
            )
        )

    def save(self, path: str | Path) -> None:
        """Write it to a file that ends in .svg, .png or .html.

        Raises:
            ConfigurationError: It ends in something else, or cannot be written.
        """
        file = Path(path)
        match file.suffix.lower():
            case ".svg":
                content = self.to_svg().encode()
            case ".png":
                content = self.to_png()
            case ".html":
                content = self.to_html().encode()
            case _:
                msg = f"{file} is no picture; the name ends in {', '.join(SUFFIXES)}"
                raise ConfigurationError(msg)
        try:
            file.write_bytes(content)
        except OSError as error:
            msg = f"cannot write {file}: {error.strerror}"
            raise ConfigurationError(msg) from None

    def _repr_svg_(self) -> str:
        return self.to_svg()

    @cached_property
    def _svg(self) -> str:
        svg: bytes = import_drawing().write_svg(self.chart, self.title)
        return svg.decode()


def import_drawing() -> ModuleType:
    """Return what draws, imported only where something is drawn.

    Raises:
        MissingExtraError: The packages that draw are not installed.
    """
    with needing("charts", *_PACKAGES, what="a chart"):
        from ssc_kg.charts import draw  # noqa: PLC0415  (an extra)
    return draw


def _shown(cell: AnyTerm | None) -> str:
    return "" if cell is None else legible(str(native(cell)))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ssc_kg.charts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
