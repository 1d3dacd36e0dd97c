# SPDX-License-Identifier: Apache-2.0
"""Checks the demo shop's data: python3 demo/draw/check.py [demo]; silent and 0 when all is well."""
import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
FAULTS = []
PAGES = "impressum datenschutz agb widerruf versand kontakt ueber-uns barrierefreiheit gewaehrleistung fragen".split()
PLACEHOLDERS = {"shop." + k for k in "name address email vat_id phone owner register iban bic".split()}
BANNED = ("umweltfreundlich", "klimaneutral", "eco-friendly", "climate neutral", "nachhaltig", "sustainable",
          "ec.europa.eu/consumers/odr")
META = " (product.metafields.kontor.%s)"


def expect(ok, message):
    if not ok:
        FAULTS.append(message)


def picture(path, where):
    expect((ROOT / path).is_file(), "%s: picture %s is missing" % (where, path))


def ean_ok(code):
    return len(code) == 13 and code.isdigit() and sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(code)) % 10 == 0


def check_products(badges):
    with open(ROOT / "products.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, strict=True))
    products, skus, codes, last = {}, set(), set(), None
    for line, row in enumerate(rows, 2):
        handle, where = row["Handle"], "products.csv row %d" % line
        expect(None not in row and None not in row.values(), where + ": wrong number of fields")
        if row["Title"]:
            expect(handle not in products, "%s: handle %s is used twice" % (where, handle))
            products[handle] = {"rows": [], "first": row}
        expect(handle in products and handle in (last, handle), where + ": rows of a product are not together")
        products[handle]["rows"].append(row)
        last = handle
        if row["Image Src"]:
            picture(row["Image Src"], where)
            expect(row["Image Alt Text"] and row["Image Alt Text en" + META % "image_alt_en"], where + ": no text for the picture")
        if row["Variant Image"]:
            picture(row["Variant Image"], where)
        sku = row["Variant SKU"]
        if not sku:
            continue
        expect(sku not in skus, "%s: SKU %s is used twice" % (where, sku))
        skus.add(sku)
        expect(re.fullmatch(r"\d+\.\d\d", row["Variant Price"]), where + ": price")
        if row["Variant Compare At Price"]:
            expect(float(row["Variant Compare At Price"]) > float(row["Variant Price"]), where + ": compare-at price is not higher")
        taxed = row["Variant Taxable"] == "true"
        expect(row["Variant Tax Code"] in (("standard", "reduced") if taxed else ("",)), where + ": tax code")
        code = row["Variant Barcode"]
        expect(ean_ok(code), where + ": EAN " + code)
        expect(code not in codes, where + ": EAN is used twice")
        codes.add(code)
    for handle, product in products.items():
        first = product["first"]
        attributes = json.loads(first["Attributes" + META % "attributes"])
        expect(set(attributes["badges"]) <= badges, handle + ": unknown badge")
        options = json.loads(first["Options en" + META % "options_en"] or "{}")
        sources = {r["Image Src"] for r in product["rows"]}
        combos = set()
        for row in product["rows"]:
            expect(not row["Variant Image"] or row["Variant Image"] in sources, handle + ": variant picture is not among its pictures")
            values = tuple(row["Option%d Value" % i] for i in (1, 2, 3))
            if row["Variant SKU"]:
                expect(values not in combos, "%s: %s occurs twice" % (handle, values))
                combos.add(values)
                expect(all(v in options for v in values if v and v != "Default Title"), handle + ": option without English")
        for field in ("Body (HTML)", "Body en" + META % "body_en"):
            tags = set(re.findall(r"</?([a-z0-9]+)", first[field]))
            expect(tags <= {"p", "ul", "li", "strong", "h3"}, "%s: tags %s" % (handle, tags))
            ET.fromstring("<x>%s</x>" % first[field])
        for field in ("Vendor", "Type", "Title en" + META % "title_en", "SEO Description", "Manufacturer" + META % "manufacturer",
                      "Manufacturer Address" + META % "manufacturer_address", "Manufacturer Contact" + META % "manufacturer_contact"):
            expect(first[field], "%s: %s is empty" % (handle, field))
        address = first["Manufacturer Address" + META % "manufacturer_address"]
        if not address.endswith(("Deutschland", "Portugal")):
            expect(first["Responsible Person" + META % "responsible_person"], handle + ": maker outside the EU without responsible person")
    return set(products), skus


def check_collections(handles):
    collections = json.loads((ROOT / "collections.json").read_text(encoding="utf-8"))
    seen, placed = set(), set()
    for c in collections:
        expect(c["handle"] not in seen, "collection %s occurs twice" % c["handle"])
        seen.add(c["handle"])
        picture(c["image"], "collection " + c["handle"])
        if c["kind"] == "manual":
            expect(set(c["products"]) <= handles, "collection %s: unknown product" % c["handle"])
            expect(len(set(c["products"])) == len(c["products"]), "collection %s: product twice" % c["handle"])
            placed |= set(c["products"])
        else:
            expect(c["rules"]["all"], "collection %s: no rule" % c["handle"])
    expect(handles == placed, "products in no collection: %s" % sorted(handles - placed))
    return seen


def check_shop(skus, collections):
    shop = json.loads((ROOT / "shop.json").read_text(encoding="utf-8"))
    iban = shop["bank"]["iban"]
    expect(int("".join(str(int(ch, 36)) for ch in iban[4:] + iban[:4])) % 97 == 1, "shop.json: IBAN")
    carry = 10
    for ch in shop["vat_id"][2:10]:
        carry = ((int(ch) + carry) % 10 or 10) * 2 % 11
    expect((11 - carry) % 10 == int(shop["vat_id"][10]), "shop.json: VAT id")
    for sale in shop["sales"]:
        expect(sale["sku"] in skus, "shop.json: unknown SKU " + sale["sku"])
    for path in [shop["logo"], shop["wordmark"], shop["favicon"]] + [h["image"] for h in shop["hero"]]:
        picture(path, "shop.json")
    for link in [h["link"] for h in shop["hero"]]:
        kind, name = link.strip("/").split("/")
        expect(name in (collections if kind == "collections" else PAGES), "shop.json: link " + link)


def check_content(products, collections):
    blog = json.loads((ROOT / "blog/blog.json").read_text(encoding="utf-8"))
    known = {"collections": collections, "products": products, "pages": PAGES, "blogs": [blog["handle"]]}
    for a in blog["articles"]:
        picture(a["picture"], "blog.json")
        for language in ("de", "en"):
            text = (ROOT / "blog" / ("%s.%s.md" % (a["handle"], language))).read_text(encoding="utf-8")
            expect(text.startswith("# "), "blog/%s.%s.md: no title" % (a["handle"], language))
            for kind, name in re.findall(r"\]\(/([a-z]+)/([a-z0-9-]+)\)", text):
                expect(name in known[kind], "blog/%s.%s.md: link %s" % (a["handle"], language, name))

    def check_links(links):
        for m in links:
            kind, name = m["link"].strip("/").split("/")
            expect(name in known[kind] and m["title"]["de"] and m["title"]["en"], "menus.json: " + m["link"])
            check_links(m.get("links", []))

    for menu in json.loads((ROOT / "menus.json").read_text(encoding="utf-8")).values():
        check_links(menu["links"])


def check_pages():
    for name in PAGES:
        for language in ("de", "en"):
            path = ROOT / "pages" / ("%s.%s.md" % (name, language))
            if not path.is_file():
                FAULTS.append("%s is missing" % path)
                continue
            text = path.read_text(encoding="utf-8")
            expect(text.startswith("# "), "%s: first line is no title" % path)
            for used in re.findall(r"\{\{\s*([a-z_.]+)\s*\}\}", text):
                expect(used in PLACEHOLDERS, "%s: unknown placeholder %s" % (path, used))


def check_pictures():
    for path in sorted((ROOT / "draw/svg").glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        ET.fromstring(text)
        for bad in ("<text", "<script", "<style", "<foreignObject", "<image", "http://", "https://"):
            expect(bad not in text.replace("http://www.w3.org/2000/svg", ""), "%s: %s" % (path.name, bad))


def main():
    badge_list = json.loads((ROOT / "badges.json").read_text(encoding="utf-8"))
    expect(len(badge_list) <= 10, "badges.json: more than 10 badges")
    handles, skus = check_products({b["id"] for b in badge_list})
    collections = check_collections(handles)
    check_shop(skus, collections)
    check_content(handles, collections)
    check_pages()
    check_pictures()
    for path in list(ROOT.glob("*.csv")) + list(ROOT.glob("*.json")) + list(ROOT.glob("pages/*.md")) + list(ROOT.glob("blog/*")):
        text = path.read_text(encoding="utf-8").lower()
        for word in BANNED:
            expect(word not in text, "%s: banned word %s" % (path.name, word))
    for fault in FAULTS:
        print(fault, file=sys.stderr)
    sys.exit(1 if FAULTS else 0)


if __name__ == "__main__":
    main()
