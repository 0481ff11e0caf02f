"""Business code of CO, Compliance Management: this file is yours.

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
# from irm.co.compliance_events import ComplianceEvents
from irm_co import service


class ComplianceEventsHandler(service.ComplianceEventsService):
    """Answers the requests about ComplianceEvents."""

    # def create(
    #     self, header: Header, payload: ComplianceEvents
    # ) -> Response[ComplianceEvents]:
    #     ...  # your code
    #     return Response.ok()

    # def change(
    #     self, header: Header, payload: ComplianceEvents
    # ) -> Response[ComplianceEvents]:
    #     ...  # your code
    #     return Response.ok()

    # def get(
    #     self, header: Header, request: RequestParameters
    # ) -> Response[ComplianceEvents]:
    #     ...  # your code
    #     return Response.ok()

    # def close(
    #     self, header: Header, payload: ComplianceEvents | None, ids: tuple[ID, ...]
    # ) -> Response[ComplianceEvents]:
    #     ...  # your code
    #     return Response.ok()


def services() -> list[Service[Any]]:
    """The business code of each noun."""
    return [
        ComplianceEventsHandler(),
    ]
