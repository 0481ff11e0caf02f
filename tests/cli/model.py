"""A model of one class, enough for the command line."""

from __future__ import annotations

TINY = """\
@prefix cim: <http://iec.ch/TC57/CIM100#> .
@prefix cims: <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

cim:Package_Core a cims:ClassCategory ; rdfs:label "Core"@en .

cim:String a rdfs:Class ; rdfs:label "String"@en ; cims:stereotype "Primitive" ;
    cims:belongsToCategory cim:Package_Core .

cim:Thing a rdfs:Class ; rdfs:label "Thing"@en ; rdfs:comment "A thing."@en ;
    cims:belongsToCategory cim:Package_Core .

cim:Thing.name a rdf:Property ; rdfs:label "name"@en ; rdfs:domain cim:Thing ; cims:dataType cim:String ;
    cims:multiplicity <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#M:0..1> ;
    cims:stereotype <http://iec.ch/TC57/NonStandard/UML#attribute> .
"""
