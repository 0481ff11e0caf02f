"""cimforge: the schema compiler for the IEC Common Information Model."""

__version__ = "0.1.0"
