"""The default model as a graph, read by rdflib: none of our readers takes part."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
CIM = "http://iec.ch/TC57/CIM100#"


@pytest.fixture(scope="session")
def input_models(root: Path) -> Path:
    """The folder of the default model."""
    return root / "input_models"


@pytest.fixture(scope="session")
def model_files(input_models: Path) -> tuple[Path, ...]:
    """The Turtle files of the information model and its extensions."""
    return (
        *sorted((input_models / "cim").glob("*.ttl")),
        *sorted((input_models / "extensions").rglob("*.ttl")),
    )


@pytest.fixture(scope="session")
def model_graph(model_files: tuple[Path, ...]) -> rdflib.Graph:
    """Information model and extensions, all files together."""
    graph = rdflib.Graph()
    for path in model_files:
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def model_store(model_files: tuple[Path, ...]) -> pyoxigraph.Store:
    """The same for SPARQL, which rdflib is slow at."""
    store = pyoxigraph.Store()
    for path in model_files:
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def topology_store(input_models: Path) -> pyoxigraph.Store:
    """The RDFS profile of the topology dataset, for SPARQL."""
    store = pyoxigraph.Store()
    path = input_models / "profiles" / "NMM" / "Topology.ttl"
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def topology_graph(input_models: Path) -> rdflib.Graph:
    """The RDFS profile of the topology dataset."""
    return rdflib.Graph().parse(input_models / "profiles" / "NMM" / "Topology.ttl")


def local(iri: object) -> str:
    """What stands behind the ``#``."""
    return str(iri).rpartition("#")[2]


def rows(store: pyoxigraph.Store, query: str) -> list[str]:
    """The local names that a query of one or several variables selects, sorted."""
    prefixes = (
        f"PREFIX cims: <{CIMS}> PREFIX cim: <{CIM}> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        "PREFIX dct: <http://purl.org/dc/terms/> PREFIX uml: <http://iec.ch/TC57/NonStandard/UML#> "
    )
    solutions = store.query(prefixes + query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sorted(" ".join(local(v.value) for v in row if v is not None) for row in solutions)
