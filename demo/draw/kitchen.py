# SPDX-License-Identifier: Apache-2.0
"""Pictures: kitchen, table, shopping."""
import math

from bath import BAMBOO, KRAFT, PAPER, pouch
from kit import *  # noqa: F403
from registry import picture, variants

STEEL = "#b4b8b8"
LINEN = "#e4d8c2"


# ---------------------------------------------------------------- bottles and cups
def flask(p, cx, base, k, color, lid):
    """A steel bottle of height 560 k; lid is "bambus" or "stahl"."""
    def y(v):
        return base - v * k
    prof = [(y(455), 62 * k), (y(452), 62 * k), (y(430), 66 * k), (y(395), 108 * k), (y(350), 124 * k),
            (y(300), 126 * k), (y(14), 126 * k), (y(0), 118 * k)]
    turned(p, cx, prof, color, "satin", texture=("fine", shade(color, -.4), .16))
    band(p, cx, prof, y(22), y(2), STEEL, "metal", edge=False)
    neck = [(y(474), 60 * k), (y(450), 60 * k)]
    turned(p, cx, neck, STEEL, "metal", cap=STEEL, shadow=False, ao=0)
    top = [(y(556), 66 * k), (y(556), 66 * k), (y(474), 68 * k)]
    if lid == "bambus":
        turned(p, cx, top, BAMBOO, "matte", cap="#e6c893", shadow=False, texture=("bamboov", "#7a5326", .45))
    else:
        turned(p, cx, top, STEEL, "metal", cap=STEEL, shadow=False, ao=.15, texture=("brush", "#3a3f40", .3))
        loop = "M%s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
            cx - 40 * k, y(562), cx - 40 * k, y(650), cx + 40 * k, y(650), cx + 40 * k, y(562)))
        p.line(loop, shade(STEEL, -.5), 15 * k)
        p.line(loop, shade(STEEL, .45), 8 * k)
    gleam(p, cx, prof, y(380), y(40), -.80, -.70, .5, 4)
    p.open("translate(%s %s)" % (n(cx - 14 * k), n(y(215))), opacity=".8")
    mark(p, 0, 0, 46 * k, shade(color, .72))
    p.close()


def bottle(p, color, tone, lid):
    studio(p, tone, gobo="foliage", zoom=1.28, focus=(615, 690))
    flask(p, 540, 960, 1.0, color, lid)
    flask(p, 800, 985, .78, shade(color, .06), "stahl" if lid == "bambus" else "bambus")


variants(bottle, {"trinkflasche-salbei": dict(color="#9fb095", tone="#d3d5c6", lid="bambus"),
                  "trinkflasche-terrakotta": dict(color="#c27a5c", tone="#e2cdbd", lid="bambus"),
                  "trinkflasche-graphit": dict(color="#4c5358", tone="#b6bcbd", lid="stahl")})


def travel_cup(p, color, tone):
    studio(p, tone, gobo="window", zoom=1.45, focus=(610, 740))
    prof = [(520, 168), (520, 168), (930, 122), (942, 112)]
    turned(p, 570, prof, color, "satin", texture=("fine", shade(color, -.5), .3))
    band(p, 570, prof, 660, 800, "#c08f5c", "matte", texture=("cork", "#5c3818", .75))
    lid = [(474, 150), (474, 150), (486, 172), (520, 176), (526, 172)]
    turned(p, 570, lid, shade(color, -.18), "satin", cap=shade(color, -.1), shadow=False, ao=.15)
    p.path(ellipse_path(570, 478, 112), shade(color, -.4), opacity=".35")
    p.path(ellipse_path(640, 500, 22, 7), shade(color, -.8))
    mark(p, 552, 612, 30, shade(color, .6))
    for x, y, a in ((812, 948, 20), (862, 972, -30), (790, 990, 70), (905, 952, 100)):
        p.open("translate(%d %d) rotate(%d)" % (x, y, a))
        p.path(ellipse_path(4, 8, 27, 18), INK, opacity=".35", filter=p.blur(5))
        p.path(ellipse_path(0, 0, 26, 18), p.rad([(0, "#9a6a42"), (.6, "#5b3720"), (1, "#2c180d")], .35, .3, .75))
        p.line("M-24 0C-10 -8 8 8 24 0", "#26140a", 3)
        p.close()


variants(travel_cup, {"kaffeebecher-creme": dict(color="#e9dfcc", tone="#c9b6a2"),
                      "kaffeebecher-salbei": dict(color="#9cac92", tone="#dcd9cb"),
                      "kaffeebecher-nachtblau": dict(color="#3d4a60", tone="#b7c0c8")})


@picture("lunchbox")
def lunchbox(p):
    studio(p, "#b7bfb0", "#d7d4c6", gobo="foliage", zoom=1.34, focus=(590, 820))
    plan = round_plan(600, 400, 90, 9)
    face = slab(p, ground(570, 960, plan, -9), 150, STEEL, ("brush", "#3a3f40", .35), kind="metal", soft=0)
    p.path(face, "#3e4344")
    slab(p, ground(570, 806, round_plan(622, 420, 98, 9), -9), 36, BAMBOO, ("bamboo", "#7a5326", .5),
               shadow=False, soft=6)
    p.open(ground_matrix(570, 770, -9))
    p.path("M-205 -210H-115V210H-205Z", "#59695a")
    p.path("M-205 -210H-198V210H-205ZM-122 -210H-115V210H-122Z", "#3f4d41")
    mark(p, 80, 0, 92, "#7d5527", 9)
    p.close()
    p.path("M425 838L513 833V867L425 872ZM427 872L513 867V1012L427 1016Z", p.lin([(0, "#66766a"), (1, "#465549")]))
    for x, y, r, c in ((290, 1040, 52, "#c2432f"), (365, 1062, 44, "#d0553a")):
        cast(p, ring(x, y, r * .7), r, .34)
        p.path(ellipse_path(x, y - r * .7, r, r * .93), p.rad([(0, "#f2a083"), (.4, c), (1, shade(c, -.6))], .33, .27, .85))
        for k in range(5):
            leaf(p, x, y - r * 1.45, r * .6, -160 + k * 35, .3, "#6b8a4a", 0)


def storage_jar(p, cx, base, r, h, content):
    """A jar with a bamboo lid and something to see inside."""
    prof = [(base - h, r), (base - h, r), (base - 16, r), (base - 2, r - 6)]

    def inside(q):
        content(q, cx, prof, base, r, h)
    glass(p, cx, prof, "#b5c4bd", inside)
    turned(p, cx, [(base - h - 54, r + 5), (base - h - 54, r + 5), (base - h + 4, r + 7)], BAMBOO, "matte",
           cap="#e8cb98", shadow=False, texture=("bamboov", "#7a5326", .4), ao=.2)


def grains(q, cx, prof, base, r, h, color="#d8bb86", dark="#8a6433", level=.72, kind="speck"):
    top = base - h * level
    filling(q, cx, prof, top, color, 9, "matte", texture=(kind, dark, .75))


def lentils(q, cx, prof, base, r, h):
    grains(q, cx, prof, base, r, h, "#b5623c", "#5d2412", .62)


def oats(q, cx, prof, base, r, h):
    grains(q, cx, prof, base, r, h, "#e6d3ae", "#a27f4a", .8, "cork")


def pasta(q, cx, prof, base, r, h):
    top = base - h * .93
    filling(q, cx, prof, base - h * .3, "#dcb565", 9, "matte")
    count = 23
    for i in range(count):
        f = -1 + 2 * (i + .5) / count
        x = cx + (r - 14) * math.sin(f * 1.45)
        foot = base - 14 + (r - 14) * E * math.cos(f * 1.45) * .8
        w = 5 + 7 * math.cos(f * 1.4)
        lean, c = q.rnd.uniform(-10, 10), mix("#e8c67e", "#c99a49", q.rnd.random() * .6 + max(f, 0) * .4)
        ty = top + q.rnd.uniform(-8, 24)
        q.line("M%s %sL%s %s" % (n(x), n(foot), n(x + lean), n(ty)), shade(c, -.4), w)
        q.line("M%s %sL%s %s" % (n(x - 1), n(foot), n(x + lean - 1), n(ty)), c, w * .72)


@picture("vorratsglas-set")
def storage_set(p):
    studio(p, "#c6b9a5", "#ddd2c0", gobo="foliage", zoom=1.26, focus=(600, 720))
    storage_jar(p, 700, 900, 120, 420, pasta)
    storage_jar(p, 450, 950, 128, 300, oats)
    storage_jar(p, 845, 990, 116, 190, lentils)


@picture("vorratsglas")
def storage_one(p):
    studio(p, "#a9b6a4", "#d3d2c2", gobo="window", zoom=1.35, focus=(620, 740))
    storage_jar(p, 560, 950, 160, 400, oats)
    spoon = "M760 1000C770 960 850 930 900 930C930 930 940 950 915 970C880 1000 800 1030 760 1000Z"
    p.path(spoon, INK, opacity=".35", transform="translate(14 14)", filter=p.blur(9))
    rod(p, 880, 955, 1060, 868, 24, 20, "#c79a64", texture=("wood", "#5d3a1c", .5))
    p.path(spoon, p.lin([(0, "#d8af7a"), (1, "#a87442")], 0, 0, 1, 1))
    p.texture(spoon, "wood", "#5d3a1c", .5)
    p.path("M784 996C796 968 850 946 890 946C906 950 890 972 866 984C832 1000 800 1008 784 996Z", "#e6d3ae")
    p.texture("M784 996C796 968 850 946 890 946C906 950 890 972 866 984C832 1000 800 1008 784 996Z", "cork", "#a27f4a", .7)


# ---------------------------------------------------------------- washing up, laundry
def brush_head(p, x, y, r, wood, bristle="#e3d2ae", face=False):
    d = ellipse_path(x, y, r, r)
    drop(p, d, 34, .42)
    for i in range(90):
        p.stamp('<path d="M%s 0L%s 0" stroke="%s" stroke-width="3.4" stroke-linecap="round"/>' % (
            n(r * .8), n(r * 1.15), (bristle, shade(bristle, -.22), shade(bristle, .25))[i % 3]), x, y,
            i * 4 + p.rnd.choice((-2, 0, 2)))
    p.path(d, p.rad([(0, shade(wood, .4)), (.6, wood), (1, shade(wood, -.3))], .34, .28, .85))
    p.texture(d, "wood", "#6a4320", .45)
    p.line(d, shade(wood, .5), 3, .5)
    if face:
        for ringr, count in ((.2, 6), (.46, 13), (.72, 20)):
            for i in range(count):
                a = i * math.tau / count
                bx, by = x + math.cos(a) * r * ringr, y + math.sin(a) * r * ringr
                p.stamp('<circle r="13" fill="%s"/><circle r="11" cx="-2" cy="-2" fill="%s"/><path d="M-7 -5l3 3M1 -8l2 4M-2 2l3 3M5 0l3 2M-9 2l3 2" stroke="%s" stroke-width="2"/>' % (
                    shade(bristle, -.5), bristle, shade(bristle, -.28)), bx, by, a * 57)


@picture("spuelbuerste")
def dish_brush(p):
    flatlay(p, "#b9c3bd", "cloud", .12)
    light_shadow(p, "foliage")
    wood = "#c99f6a"
    p.open("rotate(38 600 600)")
    handle = "M560 520C572 470 574 300 562 150C558 96 572 70 600 70C628 70 642 96 638 150C626 300 628 470 640 520Z"
    drop(p, handle, 26, .4)
    p.path(handle, p.lin([(0, shade(wood, .3)), (.4, shade(wood, .1)), (1, shade(wood, -.36))]))
    p.texture(handle, "woodv", "#6a4320", .5)
    p.path(ellipse_path(600, 112, 13, 13), shade(wood, -.75))
    p.line("M600 100C560 40 640 10 604 108", "#a98858", 7)
    p.close()
    brush_head(p, 520, 700, 170, wood)
    p.open("translate(634 556) rotate(38)")
    p.path(rrect(-40, -22, 80, 62, 10), p.lin([(0, "#6a7172"), (.35, "#f4f6f5"), (.6, "#aab0b0"), (1, "#5f6668")]))
    p.path(ellipse_path(0, 12, 7, 7), "#5f6668")
    p.close()
    mark(p, 515, 735, 56, "#8a6236", 6)
    brush_head(p, 880, 850, 150, shade(wood, -.06), face=True)


@picture("spuelbuerste-ersatzkopf")
def brush_refill(p):
    flatlay(p, "#d7cbb9", "cloud", .12)
    light_shadow(p, "foliage")
    brush_head(p, 450, 520, 215, "#c99f6a", face=True)
    brush_head(p, 790, 800, 215, "#c99f6a")
    p.path(ellipse_path(790, 800, 26, 26), "#4a2d14")
    mark(p, 790, 680, 52, "#8a6236", 6)


@picture("luffaschwamm")
def luffa(p):
    studio(p, "#c9c0a2", "#e0d8c4", gobo="window", zoom=1.42, focus=(600, 810))
    c = "#e3cd9a"

    def slice_(cx, y, r, h, shadow=True):
        face = disc(p, cx, y, r, h, c, ("rough", "#9a7838", .45), shadow, soft=5)
        strands = ""
        for i in range(34):
            x = cx + r * math.sin(-1.45 + 2.9 * i / 33)
            foot = r * E * math.cos(-1.45 + 2.9 * i / 33)
            strands += "M%s %sq%s %s %s %s" % (n(x), n(y - h + foot), n(p.rnd.uniform(-9, 9)), n(h * .5), n(p.rnd.uniform(-7, 7)), n(h * .96))
        p.line(strands, shade(c, -.42), 2.6, .5)
        p.line(strands, shade(c, .5), 2.2, .75, transform="translate(-3 0)")
        p.texture(face, "cork", "#8a6a30", .55)
        p.open(ground_matrix(cx, y - h))
        web = ""
        for i in range(46):
            a = i * math.tau / 46
            web += "M%s %sQ%s %s %s %s" % tuple(n(v) for v in (
                math.cos(a) * r * .2, math.sin(a) * r * .2, math.cos(a + .35) * r * .6, math.sin(a + .35) * r * .6,
                math.cos(a + .1) * r * .97, math.sin(a + .1) * r * .97))
        p.line(web, shade(c, .55), 4, .55)
        for k in range(3):
            a = math.radians(k * 120 + 30)
            hole = spline([(math.cos(a) * r * .46 + r * s * math.cos(b), math.sin(a) * r * .46 + r * s * math.sin(b))
                           for b, s in zip([j * math.tau / 8 for j in range(8)], (.27, .23, .26, .22, .27, .24, .26, .23))], True)
            p.path(hole, p.lin([(0, "#6b5226"), (1, "#b8964f")], 0, 0, 1, 1))
            p.line(hole, shade(c, .45), 6, .8)
        p.line(ellipse_path(0, 0, r * .93, r * .93), shade(c, .45), 7, .5, stroke_dasharray="14 9")
        p.close()
    slice_(480, 930, 170, 92)
    slice_(500, 836, 164, 86)
    slice_(800, 985, 176, 74)


def pump_bottle(p, cx, base, k, tint, words, sub, dense=2.6):
    def y(v):
        return base - v * k
    prof = [(y(430), 46 * k), (y(400), 46 * k), (y(378), 52 * k), (y(330), 118 * k), (y(290), 128 * k),
            (y(14), 128 * k), (y(0), 120 * k)]

    def liquid(q):
        filling(q, cx, prof, y(285), shade(tint, -.1), 8, "satin", surface=shade(tint, .1))
    glass(p, cx, prof, tint, liquid, lip=False, dense=dense)
    lab = "#f1e8d7"
    band(p, cx, prof, y(250), y(64), lab, f0=-.80, f1=.72)
    mark(p, cx - 5 * k, y(170), 23 * k, "#4a4038")
    letters(p, words, cx - 5 * k, y(130), 18 * k, "#3f3a34", 1.2)
    letters(p, sub, cx - 5 * k, y(92), 9.5 * k, "#3f3a34", 1.3)
    dark = "#33302d"
    turned(p, cx, [(y(470), 50 * k), (y(470), 50 * k), (y(418), 52 * k)], dark, "satin", cap=dark, shadow=False)
    rod(p, cx, y(470), cx, y(540), 26 * k, 26 * k, dark, "satin")
    p.path("M%s %sh%sc%s 0 %s %s %s %sl%s %sc0 %s %s %s %s %sh%sZ" % tuple(n(v) for v in (
        cx + 44 * k, y(560), -110 * k, -40 * k, -66 * k, 12 * k, -70 * k, 40 * k, 20 * k, 4 * k, -18 * k, 18 * k,
        -24 * k, 40 * k, -22 * k, 118 * k)), p.lin([(0, shade(dark, .3)), (1, shade(dark, -.3))], 0, 0, 0, 1))
    turned(p, cx, [(y(566), 44 * k), (y(566), 44 * k), (y(532), 46 * k)], dark, "satin", cap=shade(dark, .08),
           shadow=False, ao=0)


@picture("spuelmittel")
def dish_soap(p):
    studio(p, "#c2c9b4", "#dcd8c6", gobo="window", zoom=1.36, focus=(610, 700))
    pump_bottle(p, 560, 950, 1, "#9a5f2a", "SPÜLMITTEL", "ORANGE · 500 ML")
    for x, y, r in ((818, 930, 66), (890, 975, 52)):
        cast(p, ring(x, y, r * .7), r, .34)
        p.path(ellipse_path(x, y - r * .74, r, r * .96), p.rad([(0, "#ffd08a"), (.45, "#ec9a3c"), (1, "#a9551a")], .34, .28, .8))
        p.texture(ellipse_path(x, y - r * .74, r, r * .96), "fine", "#7a3d10", .22)
    leaf(p, 815, 822, 92, -30, .46, "#5f8a4c", 4)


@picture("spuelmittel-nachfuellung")
def dish_soap_can(p):
    studio(p, "#d9c6a5", "#e6dac4", gobo="foliage", zoom=1.34, focus=(600, 710))
    body = [(440, 178), (440, 178), (935, 178), (945, 172)]
    turned(p, 580, body, STEEL, "metal", cap=STEEL, texture=("brush", "#3a3f40", .35))
    p.line(ellipse_path(580, 440, 166), shade(STEEL, -.4), 3, .7)
    turned(p, 580, [(388, 44), (388, 44), (440, 46)], "#33302d", "satin", cap="#3f3b38", shadow=False)
    band(p, 580, body, 540, 860, "#e8a94f", edge=False)
    band(p, 580, body, 560, 840, "#f1e8d7", f0=-.76, f1=.66)
    mark(p, 572, 690, 42, "#4a4038")
    letters(p, "SPÜLMITTEL", 572, 764, 24, "#3f3a34", 1.2)
    letters(p, "1 LITER", 572, 818, 15, "#3f3a34", 1.3)


@picture("waschpulver")
def washing_powder(p):
    studio(p, "#b4c2c6", "#d3d6d2", gobo="window", zoom=1.24, focus=(630, 690))
    pouch(p, 560, 960, 430, 620, "#ded0b8", "#54707c", "WASCHPULVER", "LAVENDEL · 2 KG")
    heap = "M745 985C780 950 820 922 862 918C910 920 950 955 985 985C930 1012 800 1012 745 985Z"
    p.path(heap, INK, opacity=".26", transform="translate(16 8)", filter=p.blur(10))
    p.path(heap, p.lin([(0, "#ffffff"), (.5, "#eef0ee"), (1, "#b9c0c2")]))
    p.texture(heap, "paper", "#7d8a90", .3)
    rod(p, 900, 900, 1010, 806, 22, 20, "#c79a64", texture=("wood", "#5d3a1c", .5))
    scoop = "M800 915C806 884 880 862 916 884C930 900 906 950 872 958C836 962 798 948 800 915Z"
    p.path(scoop, p.lin([(0, "#d8af7a"), (1, "#96653a")], 0, 0, 1, 1))
    p.path(ellipse_path(858, 898, 48, 20), "#f6f6f2")


# ---------------------------------------------------------------- table and shopping
@picture("glasstrohhalme")
def straws(p):
    flatlay(p, "#d9cdbd", "cloud", .1)
    light_shadow(p, "window")
    cloth = rrect(-160, -400, 320, 800, 14)
    p.open("translate(420 610) rotate(-14)")
    drop(p, cloth, 16, .36)
    p.path(cloth, p.lin([(0, shade(LINEN, .3)), (1, shade(LINEN, -.14))], 0, 0, 1, 1))
    linen(p, cloth, LINEN)
    p.line("M-148 -388H148V388H-148Z", shade(LINEN, -.4), 2, .5, stroke_dasharray="10 7")
    twine(p, "M-170 -300H170", "#b8955f", 7)
    mark(p, 0, 250, 62, "#7c8a6a")
    p.close()
    for i, (x, tint) in enumerate(((560, "#7fa896"), (640, "#cf9560"), (720, "#7596b0"), (800, "#b0a878"))):
        p.open("translate(%d 620) rotate(%s)" % (x, n2(9 + i * 1.6)))
        d = rrect(-17, -430, 34, 860, 15)
        p.path(d, INK, opacity=".24", transform="translate(16 18)", filter=p.blur(7))
        p.line("M14 -410V416", "#fffbe6", 5, .6, transform="translate(16 18)", filter=p.blur(4))
        p.path(d, p.lin([(0, shade(tint, -.5), .85), (.16, tint, .62), (.5, shade(tint, .5), .42), (.84, tint, .66),
                         (1, shade(tint, -.55), .9)]))
        p.line("M-9 -412V412", "#ffffff", 4, .9)
        p.line("M10 -400V400", "#ffffff", 2, .5)
        p.path(ellipse_path(0, -426, 15, 5), shade(tint, -.5), opacity=".5")
        p.close()
    p.open("translate(960 640) rotate(17)")
    p.line("M0 -90V410", "#8d9290", 7)
    p.line("M-2 -90V410", "#e6e9e8", 2.4)
    for i in range(44):
        y, w = -330 + i * 6.4, 24 if 3 < i < 40 else 15
        p.line("M%d %sL%d %s" % (-w, n(y + 6), w, n(y - 6)), "#f2efe6" if i % 2 else "#cfc8ba", 3.4)
    p.line("M0 -340V-50", "#a6aba9", 4)
    p.close()


def fruit(p, x, y, r, color):
    d = ellipse_path(x, y, r, r * .96)
    p.path(d, p.rad([(0, shade(color, .5)), (.45, color), (1, shade(color, -.55))], .34, .28, .82))
    p.path(ellipse_path(x - r * .34, y - r * .42, r * .2, r * .13), "#ffffff", opacity=".4", filter=p.blur(4))
    p.path(ellipse_path(x + r * .08, y - r * .62, r * .26, r * .11), shade(color, -.5), opacity=".7", filter=p.blur(3))
    p.line("M%s %sq%s %s %s %s" % (n(x + r * .08), n(y - r * .6), n(r * .02), n(-r * .24), n(r * .14), n(-r * .4)), "#5d4424", r * .07)


@picture("gemuesenetze")
def nets(p):
    studio(p, "#a8b59e", "#d5d3c1", gobo="window", zoom=1.36, focus=(590, 730))
    bag = ("M480 470C470 560 330 640 330 800C330 920 430 965 560 965C700 965 790 920 790 800C790 640 650 560 640 470Z")
    cast(p, ring(560, 930, 215, 40), 330, .36)
    p.path(bag, "#efe6d2", opacity=".28")
    for x, y, r, c in ((480, 700, 74, "#d7a33b"), (620, 690, 78, "#c2432f"), (550, 600, 60, "#c2432f"),
                       (415, 800, 80, "#c2432f"), (700, 800, 82, "#d7a33b"), (550, 800, 90, "#d0553a"),
                       (470, 890, 72, "#d7a33b"), (630, 888, 76, "#c2432f")):
        fruit(p, x, y, r, c)
    p.open(clip_path=p.clip(bag))
    for i in range(-16, 18):
        x = 560 + i * 32
        p.line("M%s 440Q%s 720 %s 990" % (n(560 + i * 11), n(x + i * 9 + 60), n(x - 80)), "#f7f0df", 4.4, .85)
        p.line("M%s 440Q%s 720 %s 990" % (n(560 + i * 11), n(x + i * 9 - 60), n(x + 80)), "#e8dcc2", 4.4, .85)
    p.path(bag, p.lin([(0, INK, .22), (.2, INK, 0), (.6, INK, .02), (1, INK, .38)]))
    p.close()
    p.line(bag, "#d8caaa", 4, .8)
    top = "M478 486C470 440 452 408 440 380C500 396 610 396 680 380C668 408 650 440 642 486C600 500 520 500 478 486Z"
    p.path(top, p.lin([(0, "#cdbf9f"), (.35, "#f5eedd"), (1, "#b3a482")]))
    linen(p, top, LINEN)
    for x in (490, 530, 575, 620):
        p.line("M%d 400Q%d 440 %d 488" % (x - (560 - x) * .2, x, x + (560 - x) * .1), "#8f805f", 4, .35)
    twine(p, "M474 480C520 500 600 500 646 478", "#9a7a48", 10)
    twine(p, "M646 480C720 500 720 560 742 610M646 484C700 520 690 580 704 640", "#9a7a48", 7)
    cast(p, ring(900, 992, 44), 60, .4)
    fruit(p, 900, 950, 62, "#d7a33b")
    leaf(p, 910, 902, 60, -24, .46, "#6b8a4a", 3)


def tote(p, cloth, ink, tone):
    studio(p, tone, gobo="foliage", zoom=1.1, focus=(610, 640))
    base = ring(600, 985, 250, 34)
    cast(p, base, 520, .32)
    for off, k in ((26, -.34), (0, 0)):
        strap = "M%d %dC%d %d %d %d %d %d" % (470 + off, 440 - off // 2, 470 + off, 190 - off, 720 + off, 190 - off,
                                               728 + off, 440 - off // 2)
        p.line(strap, shade(cloth, -.45 + k), 38, 1, stroke_linecap="butt")
        p.line(strap, shade(cloth, .05 + k if k == 0 else k), 32, 1, stroke_linecap="butt")
        p.line(strap, shade(cloth, -.3 + k), 2, .6, stroke_dasharray="9 6", transform="translate(-11 0)")
    body = "M345 430C420 446 780 446 858 430C866 560 872 820 866 975C790 1000 420 1004 338 978C332 820 336 600 345 430Z"
    p.path(body, p.lin([(0, shade(cloth, -.12)), (.14, shade(cloth, .16)), (.4, shade(cloth, .10)), (.7, shade(cloth, -.06)),
                        (1, shade(cloth, -.30))]))
    linen(p, body, cloth, .34)
    p.open(clip_path=p.clip(body))
    for x, y, x2, y2, o in ((420, 470, 470, 980, .2), (760, 480, 690, 980, .22), (600, 700, 640, 1000, .12), (350, 800, 440, 990, .2),
                            (850, 780, 760, 990, .24)):
        p.line("M%d %dQ%d %d %d %d" % (x, y, (x + x2) // 2 + 30, (y + y2) // 2, x2, y2), shade(cloth, -.7), 20, o, filter=p.blur(13))
        p.line("M%d %dQ%d %d %d %d" % (x - 26, y, (x + x2) // 2, (y + y2) // 2, x2 - 26, y2), "#fffaf0", 16, o * 1.3, filter=p.blur(12))
    p.path(body, p.lin([(0, INK, 0), (.75, INK, 0), (1, INK, .22)], 0, 0, 0, 1))
    p.close()
    p.line("M346 462C420 478 780 478 859 462", shade(cloth, -.4), 2.4, .7, stroke_dasharray="9 6")
    for x in (470, 728):
        p.path("M%d 436h36v70h-36Z" % (x - 18), shade(cloth, -.05))
        p.line("M%d 452h24v46h-24ZM%d 452l24 46M%d 452l-24 46" % (x - 12, x - 12, x + 12), shade(cloth, -.5), 2, .7)
    p.open(opacity=".9")
    mark(p, 600, 690, 116, ink)
    letters(p, "NESSEL & GLAS", 600, 858, 26, ink, 1.1)
    p.close()


variants(tote, {"einkaufstasche-natur": dict(cloth="#e6d9bf", ink="#4f5d49", tone="#b9c0ae"),
                "einkaufstasche-salbei": dict(cloth="#9daa8e", ink="#f3ead9", tone="#ddd4c4"),
                "einkaufstasche-ocker": dict(cloth="#c99648", ink="#fff4de", tone="#d8cdbb")})


@picture("handfilter")
def dripper(p):
    studio(p, "#b9a894", "#d8cbb8", gobo="window", zoom=1.36, focus=(600, 690))
    jug = [(650, 118), (665, 118), (740, 196), (830, 226), (905, 214), (940, 190)]

    def coffee(q):
        filling(q, 570, jug, 812, "#5a2f18", 10, "gloss", surface="#7d4526")
    glass(p, 570, jug, "#b5c0ba", coffee)
    p.line("M790 760C880 760 880 880 780 880", "#aebbb4", 26, .45)
    p.line("M786 752C884 750 886 886 780 888", "#ffffff", 4, .8)
    saucer = [(628, 190), (628, 190), (642, 196), (650, 186)]
    turned(p, 570, [(600, 70), (600, 70), (640, 74)], "#d9cdb9", "satin", shadow=False)
    turned(p, 570, saucer, "#e6dccb", "satin", cap="#e6dccb", shadow=False, texture=("fine", "#6a5a4a", .5))
    cone = [(408, 214), (408, 214), (420, 214), (604, 84), (618, 80)]
    turned(p, 570, cone, "#e6dccb", "satin", shadow=False, texture=("fine", "#6a5a4a", .5))
    for i in range(5):
        p.line("M%d %dQ%d %d %d 600" % (430 + i * 62, 470 + (i % 2) * 4, 470 + i * 46, 540, 510 + i * 28), "#a89a85", 5, .28)
    p.path(ellipse_path(570, 408, 214), p.lin([(0, "#9c8d79"), (1, "#efe6d6")], 0, 0, 1, 0))
    p.path(ellipse_path(570, 418, 184, 44), "#e9dcc4")
    p.path(ellipse_path(570, 426, 160, 36), p.lin([(0, "#6b3d22"), (1, "#3c1f10")]))
    p.texture(ellipse_path(570, 426, 160, 36), "cork", "#24110a", .8)
    p.line(ellipse_path(570, 408, 212), "#b08a5c", 6, .8)
    for a, b, o in ((500, 330, .32), (580, 300, .36), (640, 340, .26)):
        p.line("M%d %dC%d %d %d %d %d %d" % (a, b + 60, a - 40, b + 10, a + 40, b - 50, a - 4, b - 110), "#ffffff", 22, o, filter=p.blur(14))
    turned(p, 880, [(846, 86), (846, 86), (930, 80), (962, 60)], "#7c8a7c", "satin", cap="hole", texture=("fine", "#2d352e", .5))


def tea(p, tone, tin, words, dried, fresh):
    studio(p, tone, gobo="foliage", zoom=1.3, focus=(620, 740))
    body = [(500, 168), (500, 168), (930, 168), (942, 162)]
    turned(p, 540, body, tin, "satin", texture=("fine", shade(tin, -.5), .2))
    band(p, 540, body, 900, 938, STEEL, "metal", edge=False)
    lid = [(404, 172), (404, 172), (520, 174), (524, 170)]
    turned(p, 540, lid, STEEL, "metal", cap=STEEL, shadow=False, ao=.1, texture=("brush", "#3a3f40", .35))
    p.line(ellipse_path(540, 404, 150), "#7f8686", 2.5, .7)
    band(p, 540, body, 600, 850, PAPER, f0=-.74, f1=.64)
    mark(p, 532, 714, 38, shade(tin, -.3))
    letters(p, words, 532, 784, min(24, 190 / len(words)), "#3f3a34", 1.15)
    letters(p, "KRÄUTERTEE", 532, 828, 14, "#3f3a34", 1.3)
    letters(p, "80 G", 532, 862, 12, "#3f3a34", 1.3)
    heap = "M745 985C780 950 800 918 856 910C916 908 955 955 990 985C930 1014 800 1014 745 985Z"
    p.path(heap, INK, opacity=".3", transform="translate(14 8)", filter=p.blur(9))
    p.path(heap, dried[0])
    for i in range(70):
        a, r = p.rnd.uniform(0, math.tau), math.sqrt(p.rnd.random())
        x, y = 866 + 112 * r * math.cos(a), 968 + 40 * r * math.sin(a) - 26 * (1 - r)
        leaf(p, x, y, p.rnd.choice((26, 34, 42)), p.rnd.choice(range(0, 360, 24)), .36, p.rnd.choice(dried), 0)
    for k, (a, ln) in enumerate(((-132, 150), (-96, 180), (-60, 160))):
        leaf(p, 300, 1010, ln, a, .5, fresh, 6)


variants(tea, {"kraeutertee-moorwiese": dict(tone="#c4c9b0", tin="#5f7660", words="MOORWIESE", fresh="#6f9a62",
                                             dried=("#6e7a48", "#8a8f58", "#566238", "#a39a64")),
               "kraeutertee-apfelminze": dict(tone="#dcc4ac", tin="#b0644a", words="APFEL & MINZE", fresh="#5f9a7a",
                                              dried=("#8a6a48", "#b5583a", "#6f7a4a", "#c99a58"))})


def towel(p, tone, stripe):
    flatlay(p, tone, "cloud", .12)
    light_shadow(p, "foliage")
    for i, (dx, dy, c) in enumerate(((26, 40, shade(LINEN, -.06)), (0, 0, LINEN))):
        p.open("translate(%d %d) rotate(%s)" % (600 + dx, 600 + dy, n2(-7 + i * 4.0)))
        d = "M-330 -356Q0 -366 330 -354Q340 0 332 352Q0 364 -332 354Q-340 0 -330 -356Z"
        drop(p, d, 22, .38)
        p.path(d, p.lin([(0, shade(c, .4)), (.5, shade(c, .1)), (1, shade(c, -.16))], 0, 0, 1, 1))
        for x, w in ((-230, 46), (-166, 12), (-142, 12), (212, 46), (166, 12)):
            p.path("M%d -360h%dv716h%dZ" % (x, w, -w), stripe, opacity=".86")
        p.path("M-334 120H334v46H-334ZM-334 190H334v12H-334Z", stripe, opacity=".62")
        linen(p, d, c, .42)
        p.path("M-334 -12H334V30H-334Z", p.lin([(0, INK, .0), (.4, INK, .2), (.5, "#ffffff", .35), (1, "#ffffff", 0)], 0, 0, 0, 1))
        p.path("M-30 -360H24V360H-30Z", p.lin([(0, INK, 0), (.5, INK, .10), (.55, "#ffffff", .26), (1, "#ffffff", 0)]))
        p.line("M-322 344Q0 354 322 342", shade(c, -.5), 2.2, .6, stroke_dasharray="10 7")
        p.close()
    p.line("M290 300C250 250 330 230 318 296", "#efe6d4", 9)
    tag = rrect(-58, -84, 116, 168, 4)
    p.open("translate(840 862) rotate(-5)")
    p.path(tag, INK, opacity=".25", transform="translate(4 6)", filter=p.blur(4))
    p.path(tag, KRAFT)
    p.texture(tag, "kraft", "#6b4526", .28)
    mark(p, 0, -14, 34, "#4a2f18")
    letters(p, "LEINEN", 0, 42, 14, "#4a2f18", 1.3)
    p.close()


variants(towel, {"geschirrtuch-salbei": dict(tone="#c9c3b3", stripe="#8fa287"),
                 "geschirrtuch-rost": dict(tone="#cdbfae", stripe="#b4603f"),
                 "geschirrtuch-tinte": dict(tone="#b9bfc0", stripe="#3f5068")})


@picture("bienenwachstuecher")
def wraps(p):
    flatlay(p, "#d8c9ae", "cloud", .1)
    light_shadow(p, "window")

    def cloth(x, y, size, angle, color, art):
        teeth = 11
        edge = []
        half, step = size / 2, size / teeth
        for sx, sy, dx, dy in ((-half, -half, 1, 0), (half, -half, 0, 1), (half, half, -1, 0), (-half, half, 0, -1)):
            for i in range(teeth):
                edge.append((sx + dx * step * i, sy + dy * step * i))
                edge.append((sx + dx * step * (i + .5) - dy * step * .45, sy + dy * step * (i + .5) + dx * step * .45))
        d = pts(edge)
        p.open("translate(%d %d) rotate(%d)" % (x, y, angle))
        drop(p, d, 14, .36)
        p.path(d, p.lin([(0, shade(color, .34)), (.5, color), (1, shade(color, -.18))], 0, 0, 1, 1))
        p.open(clip_path=p.clip(d))
        art(half)
        p.close()
        p.texture(d, "marble", "#fff2c8", .3)
        linen(p, d, color, .2)
        p.line("M%s %sL%s %s" % (n(-half), n(-half * .1), n(half), n(half * .04)), "#fffaf0", 10, .3, filter=p.blur(5))
        p.close()

    def leaves(half):
        for i in range(5):
            for j in range(5):
                leaf(p, -half + 40 + i * half * .4, -half + 80 + j * half * .4, 62, -60 + 50 * ((i + j) % 2), .4, "#f0e6c8", 0)

    def dots(half):
        for i in range(6):
            for j in range(6):
                p.stamp('<circle r="15" fill="#f7ead0"/>', -half + half / 6 + i * half * .333 + (j % 2) * 14, -half + half / 6 + j * half * .333)

    def combs(half):
        hexa = pts([(26 * math.cos(math.radians(60 * k)), 26 * math.sin(math.radians(60 * k))) for k in range(6)])
        for i in range(8):
            for j in range(8):
                p.stamp('<path d="%s" fill="none" stroke="#8a5a1c" stroke-opacity=".55" stroke-width="3.5"/>' % hexa,
                        -half + 20 + i * 45, -half + 24 + j * 52 + (i % 2) * 26)
    cloth(455, 480, 580, -9, "#6f8f78", leaves)
    cloth(770, 660, 430, 8, "#c9714e", dots)
    cloth(470, 860, 360, -4, "#e0b04e", combs)
