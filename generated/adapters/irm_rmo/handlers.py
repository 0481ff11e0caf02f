"""Business code of RMO, Retail Market Operation: this file is yours.

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
# from irm.rmo.master_data_linkage_config import MasterDataLinkageConfig
from irm_rmo import service


class MasterDataLinkageConfigHandler(service.MasterDataLinkageConfigService):
    """Answers the requests about MasterDataLinkageConfig."""

    # def create(
    #     self, header: Header, payload: MasterDataLinkageConfig
    # ) -> Response[MasterDataLinkageConfig]:
    #     ...  # your code
    #     return Response.ok()

    # def change(
    #     self, header: Header, payload: MasterDataLinkageConfig
    # ) -> Response[MasterDataLinkageConfig]:
    #     ...  # your code
    #     return Response.ok()

    # def delete(
    #     self,
    #     header: Header,
    #     payload: MasterDataLinkageConfig | None,
    #     ids: tuple[ID, ...],
    # ) -> Response[MasterDataLinkageConfig]:
    #     ...  # your code
    #     return Response.ok()

    # def get(
    #     self, header: Header, request: RequestParameters
    # ) -> Response[MasterDataLinkageConfig]:
    #     ...  # your code
    #     return Response.ok()

    # def close(
    #     self,
    #     header: Header,
    #     payload: MasterDataLinkageConfig | None,
    #     ids: tuple[ID, ...],
    # ) -> Response[MasterDataLinkageConfig]:
    #     ...  # your code
    #     return Response.ok()


def services() -> list[Service[Any]]:
    """The business code of each noun."""
    return [
        MasterDataLinkageConfigHandler(),
    ]
