"""Where links lead: to files beside each other, or to places within one file."""

import base64
import io
from urllib.parse import quote

from PIL import Image


class Pages:
    """Links between the pages of a folder, each file by its name."""

    single, inline = False, False

    def to(self, page, anchor=""):
        """Return the address of a page, or of a place on it.

        Examples
        --------
        >>> Pages().to("03-telecom"), Pages().to("numbers", "telecom.bts")
        ('03-telecom.html', 'numbers.html#telecom.bts')
        """
        return f"{quote(page)}.html" + (f"#{quote(anchor)}" if anchor else "")

    def id(self, page, anchor):
        """Return the id of a place on a page."""
        return anchor

    def picture(self, figure):
        """Return the address of a figure's picture: drawn lines where there are, else pixels."""
        return self.file(figure, "svg" if "svg" in figure.files else "png")

    def file(self, figure, ending):
        """Return the address of one of a figure's files."""
        return f"figures/{quote(figure.name)}.{ending}"


class Places:
    """Links within one file that holds everything."""

    single, inline = True, True

    def to(self, page, anchor=""):
        """Return the address of a place.

        Examples
        --------
        >>> Places().to("03-telecom"), Places().to("numbers", "telecom.bts")
        ('#03-telecom', '#numbers..telecom.bts')
        """
        return "#" + quote(self.id(page, anchor) if anchor else page)

    def id(self, page, anchor):
        """Return the id of a place that stood on a page of its own."""
        return f"{page}..{anchor}"

    def picture(self, figure):
        """Return a figure's picture itself, point for point, in the form that takes the least room."""
        file = io.BytesIO()
        Image.open(io.BytesIO(figure.png)).convert("RGB").save(file, "WEBP", lossless=True, quality=50)
        return data_address("image/webp", file.getvalue())

    def file(self, figure, ending):
        """Return the contents of one of a figure's files."""
        return data_address("text/csv;charset=utf-8", figure.files[ending].read_bytes())


class Sheets(Pages):
    """Links of a page that is printed and holds all the others: to those others."""

    single = True

    def id(self, page, anchor):
        """Return the id of a place that stood on a page of its own."""
        return f"{page}..{anchor}"


def data_address(kind, content):
    """Return contents as an address that needs no file.

    Examples
    --------
    >>> data_address("text/plain", b"a")
    'data:text/plain;base64,YQ=='
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
