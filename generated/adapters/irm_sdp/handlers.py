"""Business code of SDP, System Development Planning: this file is yours.

Written once; no later build changes or removes it. Take the comment marks off the
methods that you want to answer, and add others of the service. What is not here answers
error 5.2, not attempted.

A method may be a function (it runs in a thread) or ``async``. To say no, raise
``Refused('2.24', 'why')`` with an error code; any other exception is logged and
answered with 5.3.
"""

from __future__ import annotations

from typing import Any

from irm_adapter import Service

# Handlers need some of:
# from irm_adapter import ID, Header, OperationSet, Refused, RequestParameters, Response
# from irm.sdp.projects import Projects
from irm_sdp import service


class ProjectsHandler(service.ProjectsService):
    """Answers the requests about Projects."""

    # def create(self, header: Header, payload: Projects) -> Response[Projects]:
    #     ...  # your code
    #     return Response.ok()

    # def change(self, header: Header, payload: Projects) -> Response[Projects]:
    #     ...  # your code
    #     return Response.ok()

    # def get(self, header: Header, request: RequestParameters) -> Response[Projects]:
    #     ...  # your code
    #     return Response.ok()

    # def cancel(
    #     self, header: Header, payload: Projects | None, ids: tuple[ID, ...]
    # ) -> Response[Projects]:
    #     ...  # your code
    #     return Response.ok()

    # def close(
    #     self, header: Header, payload: Projects | None, ids: tuple[ID, ...]
    # ) -> Response[Projects]:
    #     ...  # your code
    #     return Response.ok()


def services() -> list[Service[Any]]:
    """The business code of each noun."""
    return [
        ProjectsHandler(),
    ]
