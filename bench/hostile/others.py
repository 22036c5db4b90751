"""Hostile pictures and files of other formats. A kind yields (name, bytes, what may come of it); see make.py."""
import io, struct, zipfile, zlib

READ, BAD, BLANK, FOREIGN, BIG, EMPTY = "letters", "Damaged", "AllPagesBlank", "UnknownFormat", "TooManyPixels", "EmptyFile"


def png(width, height, depth=8, colour=0, rows=None, more=b""):
    """Rows of zeros unless given."""
    def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    data = rows if rows is not None else (b"\0" + b"\xff" * ((width * samples * depth + 7) // 8)) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def tiff(entries, data=b"", link=0, big_end=False):
    """One directory behind the data; values that do not fit four bytes are offsets given as they are."""
    order = ">" if big_end else "<"
    at = 8 + len(data) + len(data) % 2
    body = b"".join(struct.pack(order + "HHII" if kind != 3 else order + "HHIHxx", tag, kind, 1, value) for tag, kind, value in entries)
    head = (b"MM\0*" if big_end else b"II*\0") + struct.pack(order + "I", at)
    return head + data + b"\0" * (len(data) % 2) + struct.pack(order + "H", len(entries)) + body + struct.pack(order + "I", link)


def grey(width, height, compression=1, data=b"", bits=8, link=0, count=None):
    length = len(data) if count is None else count
    return tiff([(256, 4, width), (257, 4, height), (258, 3, bits), (259, 3, compression), (262, 3, 1), (273, 4, 8), (277, 3, 1),
                 (278, 4, height), (279, 4, length)], data, link)


def pictures(seeds):
    for name in ("grey.jpg", "colour.jpg", "progressive.jpg", "arithmetic.jpg", "grey.png", "g4.tif", "g3.tif", "lzw.tif", "packbits.tif",
                 "deflate.tif", "jpeg.tif", "big.tif", "bigendian.tif", "tiled.tif", "zstd.tif", "lzma.tif", "deep.tif", "three.tif",
                 "planar.tif", "oldjpeg.tif", "deep.png", "alpha.png", "interlaced.png"):
        yield name, seeds[name], READ
    yield "cmyk.tif", seeds["cmyk.tif"], "letters Unreadable Damaged"  # small and coarse: legible or not, but told
    yield "cmyk.jpg", seeds["cmyk.jpg"], "letters Unreadable AllPagesBlank"
    for name in ("grey.jpg", "progressive.jpg", "grey.png", "lzw.tif", "jpeg.tif", "g4.tif"):
        data = seeds[name]
        for share in (0.02, 0.5, 0.97): yield f"cut-{share}-{name}", data[:int(len(data) * share)], BAD
    jpeg = seeds["grey.jpg"]
    frame = jpeg.index(b"\xff\xc0")
    yield "lies-huge.jpg", jpeg[:frame + 5] + b"\xff\xdc\xff\xdc" + jpeg[frame + 9:], BIG
    yield "lies-zero.jpg", jpeg[:frame + 5] + b"\0\0\0\0" + jpeg[frame + 9:], BAD
    yield "deep-12.jpg", jpeg[:frame + 4] + b"\x0c" + jpeg[frame + 5:], "UnsupportedImage"
    yield "tables-gone.jpg", jpeg.replace(b"\xff\xc4", b"\xff\xe5"), "letters Damaged"  # decoders know the usual ones
    yield "comments.jpg", jpeg[:2] + (b"\xff\xfe\xff\xff" + b"c" * 65_533) * 20 + jpeg[2:], "letters Damaged"
    yield "markers.jpg", b"\xff\xd8" + b"\xff" * 100_000 + jpeg[2:], "letters Damaged"
    yield "exif-loop.jpg", jpeg[:2] + b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0\x08\0\0\0" + jpeg[2:], READ
    yield "progressive-scans.jpg", scans(seeds["progressive.jpg"], 400), "letters Damaged TimeLimit"
    yield "start-only.jpg", b"\xff\xd8\xff", BAD
    yield "one.png", png(1, 1), BLANK
    yield "one.tif", grey(1, 1, data=b"\xff"), BLANK
    yield "deep-16.png", png(300, 200, 16), BLANK
    yield "deep-16-colour.png", png(300, 200, 16, 2), BLANK
    yield "deep-16-alpha.png", png(300, 200, 16, 6), BLANK
    yield "one-bit.png", png(300, 200, 1), BLANK
    yield "palette-gone.png", png(300, 200, 8, 3), "Damaged AllPagesBlank"
    yield "lies-huge.png", png(100_000, 100_000, rows=b"\0"), BIG
    yield "lies-2e9.png", png(2_147_483_647, 2_147_483_647, rows=b"\0"), "TooManyPixels Damaged"
    yield "lies-zero.png", png(1, 1).replace(b"\0\0\0\1\0\0\0\1\x08", b"\0\0\0\0\0\0\0\0\x08"), BAD
    yield "bomb.png", png(8_900, 8_900, rows=(b"\0" + b"\xff" * 8_900) * 8_900), BLANK
    yield "bomb-text.png", png(300, 200, more=text_chunk(zlib.compress(bytes(50_000_000), 9))), "AllPagesBlank Damaged"
    yield "strip.png", png(60_000, 1), BLANK
    yield "strip-high.png", png(1, 60_000), BLANK
    yield "lies-huge.tif", grey(200_000, 200_000, data=b"\0"), BIG
    yield "lies-2e9.tif", grey(0x7FFFFFFF, 0x7FFFFFFF, data=b"\0"), "TooManyPixels Damaged"
    yield "lies-zero.tif", grey(0, 0, data=b"\0"), BAD
    yield "bomb-packbits.tif", grey(8_900, 8_900, 32773, b"\x81\xff" * 700_000), "AllPagesBlank Damaged"
    yield "bomb-deflate.tif", grey(8_900, 8_900, 8, zlib.compress(b"\xff" * 79_210_000, 9)), BLANK
    yield "loop.tif", grey(64, 64, data=b"\xff" * 4_096, link=8 + 4_096), "Damaged AllPagesBlank"
    yield "loop-in-data.tif", grey(64, 64, data=b"\xff" * 4_096, link=9), "Damaged AllPagesBlank"
    yield "offset-far.tif", b"II*\0\xf0\xff\xff\xff", BAD
    yield "directory-empty.tif", b"II*\0\x08\0\0\0\0\0\0\0\0\0", BAD
    yield "directory-65535.tif", b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 1_000, BAD
    yield "strips-far.tif", grey(64, 64, data=b"", count=4_096), BAD
    yield "strips-gone.tif", tiff([(256, 4, 64), (257, 4, 64), (258, 3, 8), (262, 3, 1)]), "Damaged AllPagesBlank"
    yield "counts-huge.tif", grey(64, 64, data=b"\xff" * 99, count=0xFFFFFFF0), BAD
    for code in (6, 2, 3, 5, 7, 9, 10, 34661, 34712, 34892, 50000, 50001, 65000):
        yield f"noise-{code}.tif", grey(64, 64, code, bytes(i * 29 % 256 for i in range(600)), 1 if code < 5 else 8), \
            "Damaged AllPagesBlank UnsupportedImage letters"
    for bits in (2, 4, 12, 16, 24, 32, 64, 999): yield f"bits-{bits}.tif", grey(64, 64, bits=bits, data=b"\xff" * 40_000), \
        "AllPagesBlank Damaged UnsupportedImage letters"
    yield "pages-3000.tif", pages(3_000), "TooManyPages AllPagesBlank Damaged"


def scans(jpeg, count):
    """A progressive JPEG whose first scan comes very often: each costs the decoder a pass over the whole picture."""
    start = jpeg.index(b"\xff\xda")
    end = jpeg.index(b"\xff\xc4", start) if b"\xff\xc4" in jpeg[start:] else jpeg.index(b"\xff\xda", start + 2)
    return jpeg[:start] + jpeg[start:end] * count + jpeg[end:]


def text_chunk(packed):
    body = b"zTXt" + b"a\0\0" + packed
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def pages(count):
    """Directories one behind the other, all with the same eight pixels."""
    entries = [(256, 4, 64), (257, 4, 1), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, 1), (279, 4, 8)]
    size = 2 + 12 * len(entries) + 4
    body = b"".join(struct.pack("<HHII" if k != 3 else "<HHIHxx", t, k, 1, v) for t, k, v in entries)
    parts = [struct.pack("<H", len(entries)) + body + struct.pack("<I", 16 + size * (n + 1) if n + 1 < count else 0) for n in range(count)]
    return b"II*\0" + struct.pack("<I", 16) + b"\xff" * 8 + b"".join(parts)


def packed(*files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files: z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def foreign(seeds):
    for name in ("page.jp2", "page.j2k", "page.heic", "page.avif"):
        yield name, seeds[name], READ
        yield "cut-" + name, seeds[name][:400], BAD
    for name in ("page.webp", "page.gif", "page.bmp"):
        yield name, seeds[name], FOREIGN
        yield "cut-" + name, seeds[name][:400], FOREIGN
    yield "scans.zip", packed(("a.jpg", seeds["grey.jpg"]), ("b.tif", seeds["g4.tif"])), FOREIGN
    yield "bomb.zip", packed(("a.tif", bytes(100_000_000))), FOREIGN
    yield "path.zip", packed(("../../../etc/passwd", b"x"), ("C:\\a.exe", b"MZ")), FOREIGN
    inner = packed(("a", bytes(1_000_000)))
    for _ in range(5): inner = packed(*[(f"{i}.zip", inner) for i in range(5)])
    yield "nested.zip", inner, FOREIGN
    yield "letter.docx", packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")), FOREIGN
    yield "table.xlsx", packed(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")), FOREIGN
    yield "letter.odt", packed(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")), FOREIGN
    yield "letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000), FOREIGN
    yield "letter.rtf", b"{\\rtf1 Guten Tag}", FOREIGN
    yield "mail.eml", b"Received: from a by b\r\nFrom: a@example.org\r\nSubject: Antrag\r\n\r\nGuten Tag\r\n", FOREIGN
    yield "page.html", b"<!DOCTYPE html><html><script>alert(1)</script><p>Guten Tag</p></html>", FOREIGN
    yield "page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", FOREIGN
    yield "entities.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><a>&b;</a>", FOREIGN
    yield "letter.txt", "Sehr geehrte Damen und Herren, für Sie.\n".encode(), FOREIGN
    yield "letter.ps", b"%!PS-Adobe-3.0\n/a {a a} def a\n", FOREIGN
    yield "program.exe", b"MZ" + bytes(500), FOREIGN
    yield "program.elf", b"\x7fELF" + bytes(500), FOREIGN
    yield "archive.gz", b"\x1f\x8b\x08" + bytes(200), FOREIGN
    yield "archive.7z", b"7z\xbc\xaf\x27\x1c" + bytes(200), FOREIGN
    yield "archive.rar", b"Rar!\x1a\x07\x01\0" + bytes(200), FOREIGN
    yield "noise.bin", bytes((i * i * 31 + i) % 256 for i in range(5_000)), FOREIGN
    yield "zeros.pdf", bytes(5_000), FOREIGN
    yield "one-byte.pdf", b"%", FOREIGN
    for ending in ("pdf", "tif", "jpg", "png", "zip"): yield "empty." + ending, b"", EMPTY


def names(seeds, good):
    """Endings that lie, and names that look like options, paths or markup."""
    yield "jpeg-named.pdf", seeds["grey.jpg"], READ
    yield "pdf-named.jpg", good, READ
    yield "tiff-named.png", seeds["g4.tif"], READ
    yield "png-named.tif", seeds["grey.png"], READ
    yield "zip-named.pdf", packed(("a", b"b")), FOREIGN
    yield "pdf-without-ending", good, READ
    yield "-opw x.pdf", good, READ
    yield "--help.pdf", good, READ
    yield "%s%n$(id)`id`;'\".pdf", good, READ
    yield "<b>a&amp;.pdf", good, READ
    yield "zeile\numbruch.pdf", good, READ
    yield "\u202efdp.exe.pdf", good, READ
    yield "ä" * 100 + ".pdf", good, READ
    yield "ends. .PDF", good, READ
    yield "jpeg-in-pdf-head.jpg", b"%PDF-1.7\n" + seeds["grey.jpg"], "Damaged NoPages"
    yield "pdf-in-jpeg.jpg", seeds["grey.jpg"] + good, READ
    yield "tiff-in-png.png", seeds["grey.png"] + seeds["g4.tif"], READ


def kinds(seeds, good):
    for part in (pictures(seeds), foreign(seeds), names(seeds, good)): yield from part
