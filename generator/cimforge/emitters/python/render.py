"""From views to artifacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Request
from cimforge.emitters.python.lower import UnitLowering
from cimforge.emitters.python.package import Home, documents, packages
from cimforge.emitters.templating import copy, render
from cimforge.ir.artifact import Artifact

RUNTIME = ("_runtime", "_tables", "_texts", "_xml", "_json")


class PythonEmitter:
    """Dataclasses with xsdata metadata: one package for a build, named as the build."""

    name = "python"

    def emit(self, request: Request, report: Report) -> Iterator[Artifact]:
        """Yield every module of the package ``request.name``; ``report`` takes CIM720 to CIM723."""
        root = PurePosixPath(request.name)
        homes: list[Home] = []
        for unit in request.units:
            for module, view, elements in UnitLowering(unit, request.header, report).modules():
                home = Home.of(unit, module, elements)
                if any(h.module == module for h in homes):
                    report.add("CIM723", module=f"{request.name}.{module}", unit=unit.name)
                    continue
                homes.append(home)
                path = root / (module.replace(".", "/") + ".py")
                yield Artifact(path=path, data=render("python/module.py.jinja", view), elements=elements)
        for package, package_view in packages(request, homes):
            path = root / package.replace(".", "/") / "__init__.py"
            yield Artifact(path=path, data=render("python/package.py.jinja", package_view))
        yield Artifact(
            path=root / "_documents.py",
            data=render("python/_documents.py.jinja", documents(request, homes)),
        )
        for name in RUNTIME:
            yield Artifact(path=root / f"{name}.py", data=copy(f"python/{name}.py.jinja", request.header))
        yield Artifact(path=root / "py.typed", data=b"\n")
