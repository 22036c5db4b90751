"""Stacks of short letters with blank backs, as quick to read as scans can be: what thousands of pages need to be measured in minutes."""
import json, pathlib, random, subprocess, sys, tempfile, textwrap, zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "hostile"))
import pdfs  # noqa: E402

WIDTH, HEIGHT = 1165, 1654  # A5 at 200 dpi
PAPER = (420, 595)  # the same in points


def lines(letter):
    """Address block and subject as letters have them, then the first sentence; each with its distance from the top."""
    short = " ".join(letter["body"].split()).split(". ")[0].strip(". ") + "."
    sender = letter["sender"].split("\n")
    blocks = [", ".join(sender)], letter["recipient"].split("\n"), [letter["date"]], [letter["subject"]], \
        [*textwrap.wrap(short, 55), "", "Mit freundlichen Grüßen", sender[0]]
    return zip(blocks, (40, 127, 230, 260, 290))


def text(letter):
    """The letter as operators of a PDF page."""
    out = []
    for block, top in lines(letter):
        shown = " ".join("(" + l.translate({40: "\\(", 41: "\\)", 92: "\\\\"}) + ") Tj T*" for l in block)
        out.append(f"BT /F 10 Tf 50 {PAPER[1] - top} Td 14 TL {shown} ET")
    return " ".join(out).encode("cp1252", "replace").decode("latin-1")


def drawn(folder, letter):
    """The letter's page as one bit per pixel."""
    source = folder / "note.pdf"
    source.write_bytes(pdfs.page(text=text(letter), page=pdfs.PAGE.replace("595 842", "%d %d" % PAPER)))
    subprocess.run(["pdftoppm", "-mono", "-r", "200", "-scale-to-x", str(WIDTH), "-scale-to-y", str(HEIGHT), "-singlefile", source,
                    folder / "note"], check=True)
    return inverted((folder / "note.pbm").read_bytes().split(b"\n", 2)[2])


def inverted(bits):
    """In a PDF 0 is black."""
    return bits.translate(bytes(255 - n for n in range(256)))


def back(seed):
    """An empty page with a few grains of dust."""
    row, grains = (WIDTH + 7) // 8, random.Random(seed)
    page = bytearray(row * HEIGHT)
    for _ in range(12): page[grains.randrange(len(page))] |= 1 << grains.randrange(8)
    return inverted(page)


def scan(pages):
    """A scanner's PDF: one image per page."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>"]
    for n, bits in enumerate(pages):
        at = 3 + 3 * n
        image = f"/Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceGray/BitsPerComponent 1"
        box = f"/MediaBox[0 0 {PAPER[0]} {PAPER[1]}]"
        objects += [f"<</Type/Page/Parent 2 0 R{box}/Resources<</XObject<</I {at + 1} 0 R>>>>/Contents {at + 2} 0 R>>",
                    pdfs.stream(image + "/Filter/FlateDecode", zlib.compress(bits)), pdfs.stream("", "q %d 0 0 %d 0 0 cm /I Do Q" % PAPER)]
    return pdfs.pdf(objects)


def stacks(letters, leaves, seed=1):
    """Scans of so many leaves each, in which every letter comes once."""
    letters = [json.loads(l) for l in letters.open()]
    with tempfile.TemporaryDirectory() as t:
        pages = [page for n, l in enumerate(letters) for page in (drawn(pathlib.Path(t), l), back(seed + n))]
    return [scan(pages[at:at + 2 * leaves]) for at in range(0, len(pages) - 2 * leaves + 1, 2 * leaves)]
