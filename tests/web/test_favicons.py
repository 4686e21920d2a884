"""The site's mark, for browsers that draw no SVG in a tab."""

import struct

from web import favicons

PNG = b"\x89PNG\r\n\x1a\n"


def size(png):
    """The width and height that a PNG says it has."""
    return struct.unpack(">II", png[16:24])


def test_the_ico_holds_one_png_where_its_directory_says(client):
    response = client.get("/favicon.ico")
    _reserved, kind, count = struct.unpack("<HHH", response.content[:6])
    width, height, *_rest, length, offset = struct.unpack("<BBBBHHII", response.content[6:22])
    png = response.content[offset : offset + length]
    assert (kind, count) == (1, 1) and (width, height) == size(png) == (32, 32) and png.startswith(PNG)
    assert len(response.content) == offset + length
    assert response["Content-Type"] == "image/x-icon" and "max-age=604800" in response["Cache-Control"]


def test_a_home_screen_gets_a_picture_of_its_own_size(client):
    response = client.get("/apple-touch-icon.png")
    assert response["Content-Type"] == "image/png" and size(response.content) == (180, 180)


def test_a_picture_is_drawn_once():
    assert favicons.drawn(32) is favicons.drawn(32)


def test_pages_name_the_icons(client, db):
    page = client.get("/").content.decode()
    for named in ('href="/favicon.ico"', 'type="image/svg+xml"', 'href="/apple-touch-icon.png"', 'name="theme-color"'):
        assert named in page
