"""Scrapy's name resolution, without the addresses that are not of the public internet.

Twisted connects to nothing but what its resolver answered, addresses written as such in a URL
included, so what is left out here is never connected to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer

from cleaner.web.addresses import is_public, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.interfaces import IAddress, IHostResolution

__all__ = ["CheckedResolver", "refusals"]

# Why hosts were left out: Twisted only says that they were not found. A process has one resolver.
refusals: dict[str, str] = {}


@implementer(IResolutionReceiver)
class _Checked:
    """Passes on the public ones of the addresses of a host."""

    def __init__(self, receiver: Any, host: str):  # mypy knows no zope interfaces
        self._receiver = receiver
        self._host = host
        self._private: list[str] = []
        self._any = False

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802  (Twisted's name)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        ip = str(getattr(address, "host", ""))
        if is_public(ip):
            self._any = True
            self._receiver.addressResolved(address)
        else:
            self._private.append(ip)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._private and not self._any:
            refusals[self._host] = refusal(self._host, list(dict.fromkeys(self._private)))
        self._receiver.resolutionComplete()


class CheckedResolver(CachingHostnameResolver):
    """Answers with public addresses only, whether they were looked up now or before."""

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve a name for Twisted, which calls this before each connection."""
        receiver: Any = _Checked(resolutionReceiver, hostName)
        return super().resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
