"""Where a cluster is: addresses that can be used, and those that are refused, before anything is connected.

Who reaches a Dask port without TLS can have any code executed: only this machine's own may be without.
"""

import re
from dataclasses import dataclass

from bgdata.errors import UnknownName

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Address:
    """A scheduler's address, or how many workers of its own a run shall start on this machine.

    Attributes
    ----------
    text : str
    host : str
    port : int
    workers : int
        0 unless the text is ``local:N``.

    Examples
    --------
    >>> Address.parse("tls://login:8786").port, Address.parse("local:2").workers
    (8786, 2)
    """

    text: str
    host: str = ""
    port: int = 0
    workers: int = 0

    @classmethod
    def parse(cls, text):
        """Read an address.

        Raises
        ------
        UnknownName
            It is none, or open to everybody who reaches it.
        """
        if match := re.fullmatch(r"local:([1-9]\d{0,3})", text):
            return cls(text, workers=int(match[1]))
        match = re.fullmatch(r"(tls|tcp)://(\[[\da-fA-F:.]+\]|[\w.-]+):(\d{1,5})", text)
        if not match or int(match[3]) > 65535:
            raise UnknownName(
                '"{text}" is no address of a cluster; expected: tls://HOST:PORT, or local:N for N workers on this '
                "machine.",
                text=text,
            )
        if match[1] == "tcp" and match[2] not in LOOPBACK:
            raise UnknownName(
                "{text} is refused: without TLS, whoever reaches the port can run code on all workers. "
                "Use tls:// (tcp:// is for 127.0.0.1 only).",
                text=text,
            )
        return cls(text, match[2], int(match[3]))

    @property
    def safe(self):
        """bool: what is said on it is encrypted, and both ends prove who they are."""
        return not self.text.startswith("tcp:")
