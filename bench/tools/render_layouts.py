#!/usr/bin/env python3
"""Pages of other layouts than letters have, as scanned paper with the text printed on them: columns, tables with and without lines, forms, narrow and
typewriter fonts, large, small and light print, coloured paper, grey panels, white on dark. Needs what render_scans.py needs.
usage: render_layouts.py LETTERS.jsonl OUT [--pages N (of each kind, 3)] [--quality office] [--seed 1]"""
import argparse, html, json, pathlib, random, subprocess, tempfile
from PIL import Image
import render_scans

STYLE = "@page{size:A4;margin:20mm}body{font:11pt 'Liberation Sans';line-height:1.35;margin:0}td,th{padding:2mm 3mm;text-align:left;vertical-align:top}"


def words(rnd, letters, count):
    text = " ".join(l["body"] for l in rnd.sample(letters, 8)).split()
    at = rnd.randrange(max(1, len(text) - count))
    return html.escape(" ".join(text[at:at + count]))


def rows(rnd, letters, count):
    goods = [w for l in letters for w in l["body"].split() if w.isalpha() and len(w) > 5 and w[0].isupper()]
    for n in range(count):
        price = rnd.randrange(300, 90000)
        yield str(n + 1), " ".join(rnd.sample(goods, 2)), str(rnd.randrange(1, 40)), f"{price / 100:.2f} €".replace(".", ","), f"{rnd.randrange(1, 29):02}.{rnd.randrange(1, 13):02}.2026"


def table(rnd, letters, css):
    head = "".join(f"<th>{h}</th>" for h in ("Nr.", "Bezeichnung", "Menge", "Betrag", "Datum"))
    body = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in r) + "</tr>" for r in rows(rnd, letters, 22))
    return f"<p>{words(rnd, letters, 30)}</p><table style='border-collapse:collapse;width:100%'><tr>{head}</tr>{body}</table><p>{words(rnd, letters, 25)}</p>", css


def form(rnd, letters):
    labels = ["Familienname", "Vorname", "Straße und Hausnummer", "Postleitzahl, Ort", "Geburtsdatum", "Telefon", "Staatsangehörigkeit", "Bankverbindung",
              "Arbeitgeber", "Monatliches Einkommen", "Anzahl der Kinder", "Beginn der Miete"]
    fields = "".join(f"<tr><td style='border:0.3mm solid #000;width:42%'><small>{n}. {l}</small></td><td style='border:0.3mm solid #000'>{words(rnd, letters, rnd.randint(1, 4))}</td></tr>"
                     for n, l in enumerate(labels, 1))
    return f"<h2>Antrag auf Leistungen</h2><p>{words(rnd, letters, 20)}</p><table style='border-collapse:collapse;width:100%'>{fields}</table><p>{words(rnd, letters, 40)}</p>", ""


def kinds(rnd, letters):
    plain = lambda count=230: f"<p>{words(rnd, letters, count // 2)}</p><p>{words(rnd, letters, count // 2)}</p>"
    return {
        "columns2": (f"<h2>{words(rnd, letters, 5)}</h2><div style='column-count:2;column-gap:9mm'>{plain(420)}</div>", ""),
        "columns3": (f"<div style='column-count:3;column-gap:7mm;font-size:9.5pt'>{plain(520)}</div>", ""),
        "table-lines": table(rnd, letters, "td,th{border:0.3mm solid #000}"),
        "table-open": table(rnd, letters, "tr:nth-child(even){background:#e8e8e8}"),
        "form": form(rnd, letters),
        "narrow": (plain(320), "body{font-family:'Liberation Sans Narrow'}"),
        "typewriter": (plain(200), "body{font-family:'Liberation Mono'}"),
        "large": (plain(80), "body{font-size:22pt}"),
        "small": (plain(420), "body{font-size:7.5pt}"),
        "light": (plain(), "body{color:#8c8c8c}"),
        "coloured": (plain(), "html{background:%s}" % rnd.choice(["#f7e7a1", "#cfe8c4", "#f3c6cf", "#bfd9ee"])),
        "panels": ("".join(f"<div style='background:{g};padding:5mm;margin:4mm 0'>{words(rnd, letters, 50)}</div>" for g in ("#ddd", "#ccc", "#eee", "#d4d4d4")), ""),
        "inverse": ("".join(f"<div style='background:#333;color:#fff;padding:2mm 3mm'><b>{words(rnd, letters, 5)}</b></div><p>{words(rnd, letters, 45)}</p>" for _ in range(4)), ""),
    }


p = argparse.ArgumentParser()
p.add_argument("letters"); p.add_argument("out"); p.add_argument("--pages", type=int, default=3)
p.add_argument("--quality", default="office"); p.add_argument("--seed", type=int, default=1)
o = p.parse_args()
rnd, letters, out = random.Random(o.seed), [json.loads(l) for l in open(o.letters)], pathlib.Path(o.out)
out.mkdir(parents=True, exist_ok=True)
pages = [(f"{kind}-{n}", kind, body, css) for n in range(o.pages) for kind, (body, css) in kinds(rnd, letters).items()]
with tempfile.TemporaryDirectory() as t, open(out / "truth.jsonl", "w") as truth:
    t = pathlib.Path(t)
    render_scans.render([(i, f"<!doctype html><meta charset=utf-8><style>{STYLE}{css}</style>{body}") for i, _, body, css in pages], t)
    for i, kind, *_ in pages:
        subprocess.run(["pdftoppm", "-r", "300", "-f", "1", "-l", "1", "-singlefile", "-png", str(t / f"{i}.pdf"), str(t / i)], check=True)
        text = subprocess.check_output(["pdftotext", "-f", "1", "-l", "1", str(t / f"{i}.pdf"), "-"]).decode()
        (t / f"{i}.jpg").write_bytes(render_scans.scan(Image.open(t / f"{i}.png"), rnd, o.quality, True, False))
        subprocess.run(["img2pdf", "--creator=scan", str(t / f"{i}.jpg"), "-o", str(out / f"{i}.pdf")], check=True, stderr=subprocess.DEVNULL)
        truth.write(json.dumps(dict(id=i, quality=kind, pages=1, text=text), ensure_ascii=False) + "\n")
