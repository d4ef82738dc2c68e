"""The key performance indicators of cities, their values, and benchmarks for them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, closure, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.concepts import Concept
from ssc_kg.graphql_api.types.markers import inverse, steps, steps_back, text
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SCHEMA, SKOS, SOSA, SSC


@strawberry.interface
@maps(SSC.KpiConcept)
class KpiConcept(Concept):
    ancestors: Annotated[Connection[KpiConcept], steps(SKOS.broader)] = closure(
        "All categories and dimensions above this."
    )
    descendants: Annotated[Connection[KpiConcept], steps_back(SKOS.broader)] = closure(
        "All dimensions, categories and indicators below this."
    )


@strawberry.type
@maps(SSC.KpiDimension)
class KpiDimension(KpiConcept):
    code: Annotated[str, Rdf(SKOS.notation)]
    framework: Annotated[types.Framework, Rdf(DCTERMS.isPartOf)]

    sub_dimensions: Annotated[Connection[KpiSubDimension], inverse(SKOS.broader)] = (
        connection()
    )


@strawberry.type
@maps(SSC.KpiSubDimension)
class KpiSubDimension(KpiConcept):
    code: Annotated[str, Rdf(SKOS.notation)]
    dimension: Annotated[KpiDimension, Rdf(SKOS.broader)]

    categories: Annotated[Connection[KpiCategory], inverse(SKOS.broader)] = connection()


@strawberry.type
@maps(SSC.KpiCategory)
class KpiCategory(KpiConcept):
    sub_dimension: Annotated[KpiSubDimension, Rdf(SKOS.broader)]

    kpis: Annotated[Connection[Kpi], inverse(SKOS.broader)] = connection()


@strawberry.type
@maps(SSC.Kpi)
class Kpi(KpiConcept):
    code: Annotated[str, Rdf(SKOS.notation)]
    category: Annotated[KpiCategory, Rdf(SKOS.broader)]
    level: Annotated[types.KpiLevel, Rdf(SSC.kpiLevel)]
    kind: Annotated[types.KpiKind | None, Rdf(SSC.kpiKind)]
    unit: Annotated[types.Unit | None, Rdf(SSC.unit)]
    direction: Annotated[types.KpiDirection, Rdf(SSC.direction)]
    goals: Annotated[Connection[types.Goal], Rdf(SSC.measuresGoal)] = connection()
    targets: Annotated[Connection[types.Target], Rdf(SSC.measuresTarget)] = connection()
    indicators: Annotated[Connection[types.Indicator], Rdf(SSC.measuresIndicator)] = (
        connection()
    )
    goals_grade: Annotated[types.SourceGrade, Rdf(SSC.sdgGrade)]
    identity_grade: Annotated[types.SourceGrade, Rdf(SSC.identityGrade)]
    citation: Annotated[str | None, Rdf(DCTERMS.bibliographicCitation)]
    url: Annotated[str | None, Rdf(SCHEMA.url)]
    notes: Annotated[list[str], text(SKOS.note)]

    data_points: Annotated[Connection[DataPoint], inverse(SSC.dataPointOf)] = (
        connection()
    )
    values: Annotated[Connection[KpiValue], inverse(SOSA.observedProperty)] = (
        connection()
    )
    benchmarks: Annotated[Connection[Benchmark], inverse(SOSA.observedProperty)] = (
        connection()
    )


@strawberry.type
@maps(SSC.DataPoint)
class DataPoint(Concept):
    kpi: Annotated[Kpi, Rdf(SSC.dataPointOf)]

    values: Annotated[Connection[KpiValue], inverse(SSC.dataPoint)] = connection()


@strawberry.type
@maps(SSC.KpiValue)
class KpiValue(Thing):
    city: Annotated[types.City, Rdf(SOSA.hasFeatureOfInterest)]
    kpi: Annotated[Kpi, Rdf(SOSA.observedProperty)]
    data_point: Annotated[DataPoint | None, Rdf(SSC.dataPoint)]
    reported_on: Annotated[str, Rdf(SSC.asOf)]
    value: Annotated[float | None, Rdf(SOSA.hasSimpleResult)]
    answer: Annotated[bool | None, Rdf(SSC.answer)]
    unit: Annotated[types.Unit | None, Rdf(SSC.unit)]
    printed_value: Annotated[str, Rdf(SSC.printedValue)]
    status: Annotated[types.VerificationStatus, Rdf(SSC.status)]
    report: Annotated[types.Publication, Rdf(SSC.reportedIn)]
    report_page: Annotated[str, Rdf(SCHEMA.url)]


@strawberry.type
@maps(SSC.BenchmarkSet)
class BenchmarkSet(Thing):
    is_illustrative: Annotated[bool, Rdf(SSC.isIllustrative)]
    source: Annotated[str, Rdf(DCTERMS.bibliographicCitation)]

    benchmarks: Annotated[Connection[Benchmark], inverse(SSC.benchmarkIn)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Benchmark)
class Benchmark(Thing):
    benchmark_set: Annotated[BenchmarkSet, Rdf(SSC.benchmarkIn)]
    kpi: Annotated[Kpi, Rdf(SOSA.observedProperty)]
    data_point: Annotated[DataPoint | None, Rdf(SSC.dataPoint)]
    benchmark_value: Annotated[float, Rdf(SSC.benchmarkValue)]
