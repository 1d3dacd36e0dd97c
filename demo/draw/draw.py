# SPDX-License-Identifier: Apache-2.0
"""Draws every picture of the demo shop: python3 demo/draw/draw.py demo/draw/svg [name ...]"""
import pathlib
import sys

import registry
import bath      # noqa: F401  each module registers its pictures
import kitchen   # noqa: F401
import gadgets   # noqa: F401
import garden    # noqa: F401
import upcycling  # noqa: F401
import gifts     # noqa: F401
import banners   # noqa: F401


def main(argv):
    if len(argv) < 2:
        sys.exit("usage: python3 draw.py FOLDER [name ...]")
    folder = pathlib.Path(argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(argv[2:])
    unknown = wanted - set(registry.PICTURES)
    if unknown:
        sys.exit("no such picture: " + ", ".join(sorted(unknown)))
    for name in sorted(wanted or registry.PICTURES):
        (folder / (name + ".svg")).write_text(registry.render(name), encoding="utf-8")
    print("%d pictures in %s" % (len(wanted or registry.PICTURES), folder))


if __name__ == "__main__":
    main(sys.argv)
