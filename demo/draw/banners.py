# SPDX-License-Identifier: Apache-2.0
"""Pictures with the things of several others: front page, collections, moods; and the shop's sign."""
import bath      # noqa: F401  their pictures are placed here
import gadgets   # noqa: F401
import garden    # noqa: F401
import gifts     # noqa: F401
import kitchen   # noqa: F401
import upcycling  # noqa: F401
from kit import *  # noqa: F403
from registry import PICTURES, picture

HERO, COLLECTION, SCENE = (2400, 1200), (1600, 1000), (1200, 1200)


def place(p, name, x, foot, scale):
    """The things of another picture; its floor point (600, 960) comes to (x, foot)."""
    draw, _, options = PICTURES[name]
    p.open("translate(%s %s) scale(%s)" % (n(x - 600 * scale), n(foot - 960 * scale), n2(float(scale))))
    p.bare = True
    draw(p, **options)
    p.bare = False
    p.close()


def group(p, tone, floor, horizon, gobo, things):
    studio(p, tone, floor, horizon, gobo)
    for thing in things:
        place(p, *thing)


for _name, _size, _room, _things in (
        ("hero-kueche", HERO, ("#b9bfae", "#ddd8c8", 760, "window"),
         (("vorratsglas-set", 1130, 985, 1.02), ("handfilter", 1660, 1005, 1.02), ("spuelmittel", 2080, 1035, .92))),
        ("hero-garten", HERO, ("#c6c9b2", "#ded9c6", 760, "foliage"),
         (("monstera", 1680, 900, .98), ("giesskanne-salbei", 1230, 1010, .98), ("tontopf-terrakotta", 2040, 1040, .84),
          ("kraeuter-anzuchtset", 1610, 1085, .70))),
        ("hero-geschenke", HERO, ("#c9b9a6", "#e0d3c2", 760, "window"),
         (("altglas-vase-gruen", 1810, 900, .92), ("geschenkbox-kueche", 1150, 1000, 1.0), ("kerze-bienenwiese", 2060, 1010, .86),
          ("furoshiki-ziegel", 1610, 1070, .90))),
        ("sammlung-zero-waste", COLLECTION, ("#b4bfae", "#d9d6c6", 640, "window"),
         (("trinkflasche-salbei", 880, 800, .96), ("zahnputztabletten", 430, 845, .86), ("shampoo-brennnessel", 1230, 880, .74))),
        ("sammlung-eco-gadgets", COLLECTION, ("#8f9c9e", "#b9beb8", 640, "window"),
         (("solarlaterne", 830, 800, .92), ("kaffeemuehle", 370, 845, .86), ("kuechentimer-koralle", 1260, 875, .80))),
        ("sammlung-grow-green", COLLECTION, ("#c3cbb0", "#dcd9c4", 640, "foliage"),
         (("monstera", 1080, 770, .80), ("saatgut-wildblumen", 480, 850, .84), ("tontopf-terrakotta", 1240, 890, .70),
          ("sprossenglas", 880, 900, .62))),
        ("sammlung-upcycling", COLLECTION, ("#b9c0c2", "#d8d6cd", 640, "window"),
         (("segeltuchtasche-marine", 560, 830, .92), ("altglas-vase-braun", 1010, 830, .86), ("trinkglaeser", 1300, 885, .70))),
        ("sammlung-geschenke", COLLECTION, ("#d0bfa9", "#e2d5c3", 640, "foliage"),
         (("geschenkbox-bad", 560, 800, .94), ("kerze-wald", 1270, 830, .84), ("furoshiki-tinte", 930, 890, .78))),
        ("sammlung-sale", COLLECTION, ("#c08d72", "#d9b49c", 640, "window"),
         (("handfilter", 560, 820, .94), ("solarlaterne", 1050, 820, .84), ("lunchbox", 1230, 900, .66))),
        ("sammlung-unter-15", COLLECTION, ("#c9bf9c", "#e0d8bd", 640, "foliage"),
         (("zahnbuerste-becher", 420, 830, .92), ("saatgut-tomate", 900, 830, .88), ("gartenschnur", 1250, 890, .78))),
        ("szene-kaffee", SCENE, ("#c3b4a0", "#dccfbd", 740, "window"),
         (("kaffeemuehle", 840, 900, .80), ("handfilter", 420, 960, .92), ("kaffeebecher-creme", 880, 1070, .60))),
        ("szene-spuele", SCENE, ("#b3bfb6", "#d7d5c8", 740, "window"),
         (("spuelmittel", 430, 910, .98), ("seifenschale-holz", 860, 930, .74), ("luffaschwamm", 700, 1070, .66))),
        ("szene-fensterbank", SCENE, ("#c4cab0", "#dcd9c5", 740, "window"),
         (("efeutute", 820, 860, .82), ("giesskanne-salbei", 420, 950, .80), ("tontopf-terrakotta", 840, 1060, .62))),
        ("szene-bad", SCENE, ("#c9bfb4", "#e0d7ca", 740, "foliage"),
         (("zahnbuerste-becher", 360, 890, .92), ("deocreme-salbei", 850, 910, .78), ("shampoo-lavendel", 620, 1070, .66))),
        ("szene-tisch", SCENE, ("#c5bca8", "#ddd4c2", 740, "foliage"),
         (("altglas-vase-braun", 520, 880, .90), ("vorratsglas", 860, 920, .66), ("trinkglaeser", 530, 1070, .72))),
        ("szene-unterwegs", SCENE, ("#aebabd", "#d3d4cf", 740, "window"),
         (("einkaufstasche-ocker", 460, 900, .88), ("trinkflasche-graphit", 860, 940, .80), ("lunchbox", 620, 1080, .62)))):
    picture(_name, _size, tone=_room[0], floor=_room[1], horizon=_room[2], gobo=_room[3], things=_things)(group)


@picture("logo", (512, 512))
def logo(p):
    mark(p, 256, 276, 196, "#3f5a46", 17)


@picture("logo-schriftzug", (1600, 320))
def wordmark(p):
    mark(p, 160, 170, 112, "#3f5a46", 10)
    letters(p, "NESSEL & GLAS", 330, 122, 98, "#3f5a46", 1.0, "start", 3.4)


@picture("favicon", (64, 64))
def favicon(p):
    p.path(rrect(0, 0, 64, 64, 14), "#3f5a46")
    mark(p, 32, 35, 22, "#f4ecda", 3)
