"""The Python emitter."""

from cimforge.emitters.python.render import PythonEmitter

__all__ = ["PythonEmitter"]
