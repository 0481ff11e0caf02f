"""Business code of EDO, End Device Operation: this file is yours.

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
# from irm.edo.end_device_controls import EndDeviceControls
# from irm.edo.end_device_events import EndDeviceEvents
# from irm.edo.meter_readings import MeterReadings
from irm_edo import service


class EndDeviceControlsHandler(service.EndDeviceControlsService):
    """Answers the requests about EndDeviceControls."""

    # def create(
    #     self, header: Header, payload: EndDeviceControls
    # ) -> Response[EndDeviceControls]:
    #     ...  # your code
    #     return Response.ok()

    # def change(
    #     self, header: Header, payload: EndDeviceControls
    # ) -> Response[EndDeviceControls]:
    #     ...  # your code
    #     return Response.ok()

    # def get(
    #     self, header: Header, request: RequestParameters
    # ) -> Response[EndDeviceControls]:
    #     ...  # your code
    #     return Response.ok()

    # def cancel(
    #     self, header: Header, payload: EndDeviceControls | None, ids: tuple[ID, ...]
    # ) -> Response[EndDeviceControls]:
    #     ...  # your code
    #     return Response.ok()


class EndDeviceEventsHandler(service.EndDeviceEventsService):
    """Answers the requests about EndDeviceEvents."""

    # def create(
    #     self, header: Header, payload: EndDeviceEvents
    # ) -> Response[EndDeviceEvents]:
    #     ...  # your code
    #     return Response.ok()

    # def get(
    #     self, header: Header, request: RequestParameters
    # ) -> Response[EndDeviceEvents]:
    #     ...  # your code
    #     return Response.ok()


class MeterReadingsHandler(service.MeterReadingsService):
    """Answers the requests about MeterReadings."""

    # def create(
    #     self, header: Header, payload: MeterReadings
    # ) -> Response[MeterReadings]:
    #     ...  # your code
    #     return Response.ok()

    # def get(
    #     self, header: Header, request: RequestParameters
    # ) -> Response[MeterReadings]:
    #     ...  # your code
    #     return Response.ok()


def services() -> list[Service[Any]]:
    """The business code of each noun."""
    return [
        EndDeviceControlsHandler(),
        EndDeviceEventsHandler(),
        MeterReadingsHandler(),
    ]
