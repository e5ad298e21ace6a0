"""What a number is known by: its indicator and category, written ``telecom.bts[4G]`` (SDMX: series key).

Where numbers of several areas stand together, the key names the area too (SDMX: REF_AREA): ``telecom.bts[4G]@VN-24``.

The form is written and read here and nowhere else. Whether the catalogue has such an indicator is asked of `Package`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bgdata.errors import BgdataError

FORM = re.compile(r"(?P<indicator>[^\[\]@]+)(?:\[(?P<category>[^\[\]]+)\])?(?:@(?P<area>[^\[\]@]+))?")


@dataclass(frozen=True, order=True)
class Key:
    """The key of a number; accepted wherever the code of an indicator is.

    Attributes
    ----------
    indicator : str
    category : str
        Empty for the total.
    area : str
        Empty within one area.

    Examples
    --------
    >>> import bgdata as bg
    >>> key = bg.Key.parse("telecom.bts[4G]")
    >>> key.indicator, key.category, str(key), str(bg.Key("telecom.bts"))
    ('telecom.bts', '4G', 'telecom.bts[4G]', 'telecom.bts')
    >>> bg.Key.parse("telecom.bts[4G]@VN-24").area
    'VN-24'
    """

    indicator: str
    category: str = ""
    area: str = ""

    @classmethod
    def parse(cls, text: "str | Key") -> Self:
        """Read a key; one that is read already stays as it is.

        Raises
        ------
        BgdataError
            The text has not the form of a key.
        """
        key = cls.match(text)
        if key is None:
            raise BgdataError('"{key}" is not the key of a number, such as telecom.bts or telecom.bts[4G].', key=text)
        return key

    @classmethod
    def match(cls, text: object) -> Self | None:
        """Read a key as :meth:`parse` does; None where it is not one."""
        if isinstance(text, cls):
            return text
        match = FORM.fullmatch(text) if isinstance(text, str) else None
        return match and cls(match["indicator"], match["category"] or "", match["area"] or "")

    @classmethod
    def of(cls, row: Mapping) -> Self:
        """Return the key of a row; one without an indicator, such as a derived one, has the empty key.

        Examples
        --------
        >>> Key.of({"indicator": "telecom.bts", "category": "4G"})
        Key(indicator='telecom.bts', category='4G', area='')
        """
        cells = (row.get(column) for column in ("indicator", "category", "area"))
        return cls(*(cell if isinstance(cell, str) else "" for cell in cells))

    @property
    def anchor(self) -> str:
        """str: the id of the number on a page.

        Examples
        --------
        >>> Key("telecom.bts", "2G").anchor, Key("telecom.bts").anchor
        ('telecom.bts.2G', 'telecom.bts')
        """
        return ".".join(filter(None, (self.area, self.indicator, self.category)))

    def __str__(self) -> str:
        category, area = self.category and f"[{self.category}]", self.area and f"@{self.area}"
        return f"{self.indicator}{category}{area}"
