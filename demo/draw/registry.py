# SPDX-License-Identifier: Apache-2.0
"""The list of pictures: name -> how to draw it."""
import zlib

from kit import Pic

PICTURES = {}


def picture(name, size=(1200, 1200), **options):
    """Registers a drawing function f(p, **options) under a file name."""
    def take(draw):
        if name in PICTURES:
            raise ValueError("picture %s is drawn twice" % name)
        PICTURES[name] = (draw, size, options)
        return draw
    return take


def variants(draw, names):
    """One drawing function, several pictures: {"name": {options}}."""
    for name, options in names.items():
        picture(name, **options)(draw)


def render(name):
    draw, (w, h), options = PICTURES[name]
    p = Pic(w, h, zlib.crc32(name.encode()))
    draw(p, **options)
    return p.svg()
