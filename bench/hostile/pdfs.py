"""Hostile PDFs, each a few lines. A kind yields (name, bytes, what may come of it); see make.py."""
import pathlib, subprocess, tempfile, zlib

LINES = ["Stadtverwaltung Lindenfurt", "Sehr geehrte Damen und Herren,", "ich bitte um ein Halteverbot vor meinem Haus.", "Mit freundlichen Gruessen"]
TEXT = "BT /F 13 Tf 70 750 Td 18 TL " + " ".join(f"({l}) Tj T*" for l in LINES) + " ET"
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>"
READ, BLANK, NONE = "letters", "AllPagesBlank", "NoPages"
BAD = "Damaged"


def stream(dictionary, data):
    data = data if isinstance(data, bytes) else data.encode("latin-1")
    return b"<<" + dictionary.encode() + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def pdf(objects, trailer=""):
    """A file of these objects from number 1 on; the first is the catalogue."""
    out, at = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n" % n + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1) + b"".join(b"%010d 00000 n \n" % a for a in at)
    return bytes(out + f"trailer\n<</Size {len(at) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode())


def page(*further, text=TEXT, catalog="", page=PAGE, font=HELVETICA, trailer=""):
    """One page of text; further objects begin at number 6."""
    kids = "<</Type/Pages/Count 1/Kids[4 0 R]>>"
    return pdf([f"<</Type/Catalog/Pages 2 0 R{catalog}>>", kids, font, page, stream("", text), *further], trailer)


def image(dictionary, data, width=595, height=280, box="[0 0 595 280]"):
    """A page that is nothing but this image."""
    head = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources<</XObject<</I 6 0 R>>>>/Contents 5 0 R>>"
    return page(stream("/Type/XObject/Subtype/Image" + dictionary, data), text=f"q {width} 0 0 {height} 0 0 cm /I Do Q", page=head)


def grey(width, height, filters, data, more=""):
    return image(f"/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter{filters}{more}", data)


def qpdf(data, *options):
    with tempfile.TemporaryDirectory() as t:
        source, target = pathlib.Path(t) / "in.pdf", pathlib.Path(t) / "out.pdf"
        source.write_bytes(data)
        end = ["--"] if "--encrypt" in options else []
        subprocess.run(["qpdf", "--static-id", "--static-aes-iv", *options, *end, source, target], check=True, stderr=subprocess.DEVNULL)
        return target.read_bytes()


def tree(depth, loop=False):
    """A page that lies so deep in the tree; or a tree that leads back to its root."""
    nodes = [f"<</Type/Pages/Count 1/Kids[{i + 6} 0 R]/Parent {i + 4 if i > 1 else 2} 0 R>>" for i in range(1, depth)]
    last = "2 0 R" if loop else "4 0 R"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[6 0 R]>>", HELVETICA, PAGE, stream("", TEXT),
                *nodes, f"<</Type/Pages/Count 1/Kids[{last}]/Parent 2 0 R>>"])


def many(count, box="[0 0 595 842]"):
    kids = " ".join(f"{6 + i} 0 R" for i in range(count))
    leaf = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>", HELVETICA, "null", stream("", TEXT), *[leaf] * count])


def embedded(font):
    """A page whose text needs this font program."""
    described = "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/StemV 80/FontFile2 7 0 R>>"
    return page(described, stream("", font),
                font="<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/LastChar 33/Widths[500 500]/FontDescriptor 6 0 R>>")


def jbig2(rows, width, height):
    """Fax group 4 rows as a generic region (ISO/IEC 14492, 7.4.6)."""
    u = lambda n: n.to_bytes(4, "big")
    region = u(width) + u(height) + u(0) + u(0) + b"\0" + b"\1" + rows
    information = u(width) + u(height) + u(0) + u(0) + b"\0" + b"\0\0"
    return u(0) + b"\x30\0\1" + u(len(information)) + information + u(1) + b"\x26\0\1" + u(len(region)) + region


def form(command):
    return f"/AcroForm<</XFA 6 0 R/Fields[]>>{command}"


def bombs():
    zeros = zlib.compress(bytes(30_000_000), 9)
    yield "bomb-flate.pdf", grey(60_000, 60_000, "/FlateDecode", zeros), "TooManyPixels Damaged AllPagesBlank TimeLimit"
    yield "bomb-flate-twice.pdf", grey(9_000, 9_000, "[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(bytes(81_000_000), 9), 9)), \
        "TooManyPixels Damaged AllPagesBlank TimeLimit"
    yield "bomb-runlength.pdf", grey(40_000, 40_000, "/RunLengthDecode", b"\x81\0" * 100_000), "TooManyPixels Damaged AllPagesBlank TimeLimit"
    yield "bomb-content.pdf", page(stream("", ""), text="").replace(b"/Length 0", b"/Length 0", 1), BLANK
    packed = zlib.compress(b"q Q " * 10_000_000, 9)
    yield "bomb-operators.pdf", pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[4 0 R]>>", HELVETICA, PAGE,
                                     stream("/Filter/FlateDecode", packed)]), "AllPagesBlank TimeLimit"
    forms = [stream(f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</A {n + 1} 0 R>>>>", "/A Do " * 10) for n in range(6, 16)]
    last = stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", "0 0 9 9 re f")
    head = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 6 0 R>>>>/Contents 5 0 R>>"
    yield "bomb-forms.pdf", page(*forms, last, text="/A Do " * 10, page=head), "TimeLimit AllPagesBlank letters"
    yield "bomb-pattern.pdf", page(stream("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>",
                                          "0 0 1 1 re f"), text="/Pattern cs /P scn 0 0 595 842 re f",
                                   page=PAGE.replace("/Font<</F 3 0 R>>", "/Pattern<</P 6 0 R>>")), "TimeLimit AllPagesBlank letters Damaged"
    yield "bomb-objects.pdf", qpdf(page(*["<</A[1 2 3]>>"] * 30_000, catalog="/X[" + " ".join(f"{n} 0 R" for n in range(6, 30_006)) + "]>>"[:-2]),
                                   "--object-streams=generate"), READ


def structures():
    good = page()
    yield "good.pdf", good, READ
    for share in (0.1, 0.4, 0.7, 0.9, 0.99): yield f"cut-{share}.pdf", good[:int(len(good) * share)], BAD
    yield "cut-end-kept.pdf", good[:len(good) // 2] + b"\n%%EOF\n", "Damaged NoPages"
    yield "head-only.pdf", b"%PDF-1.7\n", BAD
    yield "head-and-end.pdf", b"%PDF-1.7\n%%EOF\n", "Damaged NoPages"
    yield "late-head.pdf", b"\0" * 900 + good, "letters Damaged"
    yield "garbage-behind.pdf", good + bytes(range(256)) * 8, "letters"
    yield "arrays.pdf", page(catalog="/X" + "[" * 5_000 + "]" * 5_000), "letters Damaged"
    yield "dictionaries.pdf", page(catalog="/X" + "<</A" * 5_000 + " 1" + ">>" * 5_000), "letters Damaged"
    yield "arrays-huge.pdf", page(catalog="/X" + "[" * 200_000 + "]" * 200_000), "letters Damaged"
    yield "tree-60.pdf", tree(60), READ
    yield "tree-5000.pdf", tree(5_000), "letters Damaged NoPages"
    yield "tree-loop.pdf", tree(3, loop=True), "Damaged NoPages letters"
    yield "object-streams.pdf", qpdf(good, "--object-streams=generate"), READ
    yield "object-stream-in-itself.pdf", pdf(["<</Type/Catalog/Pages 2 0 R>>", "5 0 R", "null", PAGE,
                                              stream("/Type/ObjStm/N 1/First 4/Extends 5 0 R", "2 0 5 0 R")]), "Damaged NoPages"
    yield "reference-loop.pdf", page("7 0 R", "6 0 R", catalog="/X 6 0 R"), READ
    yield "length-loop.pdf", good.replace(b"/Length %d" % len(TEXT), b"/Length 5 0 R"), "letters AllPagesBlank Damaged"
    yield "length-negative.pdf", good.replace(b"/Length %d" % len(TEXT), b"/Length -100"), "letters AllPagesBlank Damaged"
    yield "length-huge.pdf", good.replace(b"/Length %d" % len(TEXT), b"/Length 99999999999"), "letters AllPagesBlank Damaged"
    yield "xref-gone.pdf", good[:good.index(b"xref\n0")] + b"%%EOF\n", "letters Damaged"
    yield "xref-wrong.pdf", good.replace(b"00000 n \n", b"00007 n \n").replace(b"00000000", b"00000009"), "letters Damaged"
    yield "xref-loop.pdf", good.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % good.index(b"xref\n0")), "letters Damaged"
    yield "startxref-huge.pdf", good.replace(b"startxref\n", b"startxref\n99999"), "letters Damaged"
    yield "root-missing.pdf", good.replace(b"/Root 1 0 R", b"/Root 9 0 R"), "letters Damaged NoPages"
    yield "no-pages.pdf", pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"]), NONE
    yield "count-lies.pdf", good.replace(b"/Count 1", b"/Count 9"), "letters Damaged"
    yield "count-negative.pdf", good.replace(b"/Count 1", b"/Count -1"), "letters Damaged NoPages"
    yield "linearized-cut.pdf", (lambda l: l[:len(l) // 2])(qpdf(many(3), "--linearize")), BAD
    yield "encrypted.pdf", qpdf(good, "--encrypt", "geheim", "b", "256"), "Encrypted"
    yield "encrypted-40.pdf", qpdf(good, "--allow-weak-crypto", "--encrypt", "geheim", "b", "40"), "Encrypted"
    yield "encrypted-open.pdf", qpdf(good, "--encrypt", "", "b", "256", "--print=none"), READ
    yield "encrypted-unknown.pdf", page("<</Filter/Standart/V 9/R 9/O(x)/U(y)/P 0>>", trailer="/Encrypt 6 0 R"), "Encrypted Damaged"
    yield "encrypted-certificate.pdf", page("<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 2/R 2/Recipients[(x)]>>",
                                            trailer="/Encrypt 6 0 R/ID[(a)(a)]"), "Encrypted"


def sizes():
    yield "pages-5000.pdf", many(5_000), "TooManyPages"
    yield "pages-600.pdf", qpdf(many(600), "--object-streams=generate"), "TooManyPages"
    plan = PAGE.replace("595 842", "2384 3370")
    yield "a0.pdf", page(page=plan), READ
    yield "page-14400.pdf", page(page=PAGE.replace("595 842", "14400 14400")), "TooManyPixels"
    yield "page-1e9.pdf", page(page=PAGE.replace("595 842", "999999999 999999999")), "TooManyPixels"
    yield "page-strip.pdf", page(page=PAGE.replace("595 842", "14400 2")), "letters AllPagesBlank TooManyPixels Damaged"
    yield "page-1.pdf", page(page=PAGE.replace("595 842", "1 1")), "letters AllPagesBlank"
    yield "page-0.pdf", page(page=PAGE.replace("595 842", "0 0")), "letters AllPagesBlank Damaged"
    yield "page-backwards.pdf", page(page=PAGE.replace("0 0 595 842", "595 842 0 0")), READ
    yield "page-words.pdf", page(page=PAGE.replace("0 0 595 842", "/A /B (C) null")), "letters Damaged"
    yield "page-tiny-unit.pdf", page(page=PAGE.replace("/Parent", "/UserUnit 1000/Parent")), "letters TooManyPixels Damaged TimeLimit"
    yield "page-turned.pdf", page(page=PAGE.replace("/Parent", "/Rotate 77/Parent")), "letters Damaged"
    yield "page-blank.pdf", page(text=""), BLANK


def contents(seeds):
    script = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
    yield "javascript.pdf", page(catalog="/OpenAction" + script), READ
    yield "launch.pdf", page(catalog="/OpenAction<</S/Launch/F(/bin/sh)>>"), READ
    yield "names-javascript.pdf", page(catalog=f"/Names<</JavaScript<</Names[(a){script}]>>>>"), READ
    yield "uri.pdf", page(catalog="/OpenAction<</S/URI/URI(http://192.0.2.1/)>>"), READ
    yield "xfa.pdf", page(stream("", "<xdp:xdp/>"), catalog=form("")), READ
    yield "xfa-dynamic.pdf", page(stream("", "<xdp:xdp/>"), catalog=form("/NeedsRendering true")), "DynamicForm"
    yield "portfolio.pdf", page(catalog="/Collection<</Type/Collection>>"), "Portfolio"
    yield "attachment.pdf", page("<</Type/Filespec/F(..\\\\..\\\\a.exe)/EF<</F 7 0 R>>>>", stream("/Type/EmbeddedFile", "MZ"),
                                 catalog="/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>"), READ
    yield "signature-torn.pdf", page("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 99999999]/Contents<00ff>>>",
                                     "<</FT/Sig/T(a)/V 6 0 R/Subtype/Widget/Rect[0 0 0 0]>>", catalog="/AcroForm<</Fields[7 0 R]/SigFlags 3>>"), READ
    for name, font in (("empty", b""), ("noise", bytes(i * 37 % 256 for i in range(3_000))), ("torn", b"\0\1\0\0\0\x0a\0\x80\0\3\0\x20glyf" + b"\xff" * 500),
                       ("cff", b"\1\0\4\4" + b"\xff" * 200)):
        yield f"font-{name}.pdf", embedded(font), "letters AllPagesBlank Unreadable"
    glyph = stream("", "1000 0 d0 /Self Do")
    yield "font-type3-in-itself.pdf", page(glyph, font="<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 32/LastChar 32"
        "/Widths[1]/Encoding<</Differences[32/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 3 0 R>>>>>>"), "Damaged"
    yield "font-missing.pdf", page(page=PAGE.replace("/F 3 0 R", "/G 3 0 R")), "Damaged"
    yield "form-in-itself.pdf", page(stream("/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R>>>>", "/A Do"), text="/A Do",
                                     page=PAGE.replace("/Font<</F 3 0 R>>", "/XObject<</A 6 0 R>>")), BLANK
    yield "content-torn.pdf", page(text="BT (never ends " + "q " * 5_000), "Damaged"
    yield "content-numbers.pdf", page(text="1e308 -1e308 99999999999999999999 0 0 0 cm " + TEXT + " 0 0 0 0 0 0 cm /X Do"), "Damaged"
    yield "optional.pdf", page("<</Type/OCG/Name(a)>>", catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"), READ
    yield "jpeg.pdf", grey(900, 420, "/DCTDecode", seeds["grey.jpg"]), READ
    yield "jpeg-cut.pdf", grey(900, 420, "/DCTDecode", seeds["grey.jpg"][:9_000]), BAD
    yield "jpeg-lies.pdf", grey(90_000, 42_000, "/DCTDecode", seeds["grey.jpg"]), "letters TooManyPixels Damaged AllPagesBlank"
    yield "jpeg2000.pdf", grey(900, 420, "/JPXDecode", seeds["page.jp2"]), READ
    yield "jpeg2000-cut.pdf", grey(900, 420, "/JPXDecode", seeds["page.jp2"][:900]), "Damaged"
    fax = seeds["g4.tif"]
    rows = fax[8:8 + 2_834]  # its only strip
    yield "fax.pdf", image("/Width 900/Height 420/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 900>>", rows), READ
    yield "fax-noise.pdf", image("/Width 900/Height 420/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 900>>",
                                 bytes(i * 91 % 256 for i in range(4_000))), "letters Damaged"
    yield "fax-huge.pdf", image("/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000>>",
                                rows), "letters TooManyPixels Damaged TimeLimit"
    one = "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode"
    yield "jbig2.pdf", image("/Width 900/Height 420" + one, jbig2(rows, 900, 420)), READ
    yield "jbig2-huge.pdf", image("/Width 900/Height 420" + one, jbig2(rows, 0x7FFFFFFF, 0x7FFFFFFF)), "letters Damaged TimeLimit"
    yield "jbig2-noise.pdf", image("/Width 900/Height 420" + one, bytes(i * 53 % 256 for i in range(2_000))), "letters Damaged"
    yield "cmyk.pdf", image("/Width 2/Height 2/ColorSpace/DeviceCMYK/BitsPerComponent 8", bytes(range(16))), "letters AllPagesBlank Unreadable"
    yield "deep-16.pdf", image("/Width 2/Height 2/ColorSpace/DeviceRGB/BitsPerComponent 16", bytes(24)), "letters AllPagesBlank Unreadable"
    yield "filter-unknown.pdf", grey(900, 420, "/NoSuchDecode", b"x" * 99), "Damaged"
    yield "filters-1000.pdf", grey(9, 9, "[" + "/ASCIIHexDecode" * 1_000 + "]", b"00>"), "letters AllPagesBlank Damaged"
    yield "one-pixel.pdf", grey(1, 1, "/FlateDecode", zlib.compress(b"\xff")), "AllPagesBlank"


def kinds(seeds):
    for part in (structures(), sizes(), contents(seeds), bombs()): yield from part
