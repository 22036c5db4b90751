#!/usr/bin/python3
"""Prints letters (JSONL) in many layouts, with enclosures of many kinds, as PDFs whose text dev/fit-boundaries.cs reads without a scan: other
letterheads, info columns and feet, letters by feel without an address block, prints of e-mails, forms with a heading on each page, faxes, notes,
postcards; copies of other people's letters, contracts, invoices, certificates, plans across, till receipts. Deterministic for a seed.
Needs: chromium qpdf and the fonts of bench/tools/render_scans.py.
usage: vary-letters.py LETTERS.jsonl OUT_DIR [--only N] [--seed S]      writes OUT_DIR/ID.pdf, one letter with its enclosures each"""
import argparse, html, json, pathlib, random, re, subprocess, tempfile

FONTS = ["Liberation Sans", "Liberation Serif", "Carlito", "Caladea", "DejaVu Serif", "Courier Prime", "Liberation Sans Narrow", "DejaVu Sans"]
HANDS = ["Breip", "femkeklaver", "Rufscript", "Dancing Script"]
BODIES = [["Amt für", "Landratsamt", "Finanzamt", "Amtsgericht", "Jobcenter", "Ministerium für", "Bundesamt für", "Regierungspräsidium"],
          ["Krankenkasse", "Versicherung", "Sparkasse", "Stadtwerke", "Wohnbau", "Hausverwaltung", "Energie", "Rentenkasse", "Telefon", "Inkasso"],
          ["Praxis Dr.", "Klinikum", "Rechtsanwälte", "Notar", "Autohaus", "Malerbetrieb", "Elektro", "Gartenbau", "Ingenieurbüro", "Schule am"]]
PLACES = ["Mittelstadt", "Heilbach", "Nordhausen", "Tannberg", "Süd", "Rheintal", "Umwelt", "Weber & Sohn", "Krüger GmbH", "Albrecht", "Sommer", "Hochfeld"]
TOWNS = ["74889 Sinsbach", "80331 Münsterhausen", "10115 Spreefurt", "50667 Rheinau", "01067 Elbtal", "70173 Nesenbach", "24103 Fördeby", "99084 Gerahof"]
STREETS = ["Bahnhofstraße", "Gartenweg", "Am Markt", "Lange Gasse", "Industriestraße", "Schlossallee", "Mühlweg", "Postfach"]
SENTENCES = """Ihr Schreiben haben wir erhalten.|Nach Prüfung der Unterlagen teilen wir Ihnen das Ergebnis mit.|Der Betrag wird zum Monatsende fällig.
Bitte geben Sie bei Rückfragen das oben genannte Zeichen an.|Die Frist beginnt mit dem Zugang dieses Schreibens.|Eine Ablichtung haben wir zu den Akten genommen.
Wir bitten um Ihr Verständnis, dass die Bearbeitung einige Wochen dauern kann.|Über den weiteren Fortgang werden wir Sie unterrichten.
Die Messung ergab keine Überschreitung der zulässigen Werte.|Es wird empfohlen, die Behandlung in vierzehn Tagen fortzusetzen.
Der Mieter ist verpflichtet, Schäden unverzüglich anzuzeigen.|Nebenabreden bedürfen der Schriftform.|Mündliche Abreden wurden nicht getroffen.
Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden.|Die Kosten trägt, wer sie verursacht hat.
Die Vertragsparteien vereinbaren eine Laufzeit von zwei Jahren.|Der Zustand wurde bei der Begehung im Beisein beider Seiten festgehalten.
Auf dem Grundstück stehen zwei Bäume, deren Kronen über die Grenze ragen.|Die Zahlung ist bis heute nicht bei uns eingegangen.
Bei der Untersuchung am Vormittag klagte die Person über anhaltende Beschwerden.|Weitere Angaben entnehmen Sie bitte der Rückseite.
Wir danken für das entgegengebrachte Vertrauen.|Der Antrag wurde am Tag des Eingangs erfasst.|Die Anlage wurde nach den geltenden Regeln errichtet.""".replace("\n", "|").split("|")


class Hand:
    """One letter: its chances and what all of its pages share."""
    def __init__(self, letter, others, seed):
        self.r = random.Random(seed)
        self.l, self.others = letter, others
        self.sender, self.recipient = letter["sender"].split("\n"), letter["recipient"].split("\n")
        self.font, self.size = self.r.choice(FONTS), self.r.choice([9.5, 10, 10.5, 11, 11, 12, 13])
        self.foot = ""

    def one(self, *items): return self.r.choice(items)
    def often(self, chance): return self.r.random() < chance
    def number(self, digits=6): return str(self.r.randint(10 ** (digits - 1), 10 ** digits - 1))
    def money(self): return f"{self.r.randint(1, 2900)},{self.r.randint(0, 99):02d}"
    def day(self): return self.one(f"{self.r.randint(1, 28):02d}.{self.r.randint(1, 12):02d}.202{self.r.randint(3, 6)}",
                                   f"{self.r.randint(1, 28)}. {self.one('Januar', 'März', 'Mai', 'Juli', 'Oktober', 'November')} 202{self.r.randint(4, 6)}")
    def body_name(self): return f"{self.r.choice(self.r.choice(BODIES))} {self.r.choice(PLACES)}"
    def street(self): return f"{self.r.choice(STREETS)} {self.r.randint(1, 140)}"
    def sentences(self, n): return " ".join(self.r.choice(SENTENCES) for _ in range(n))
    def paragraphs(self, n): return "".join(f"<p>{self.sentences(self.r.randint(1, 5))}</p>" for _ in range(n))
    def stranger(self): return self.r.choice(self.others)["sender"].split("\n")[0]
    def reference(self): return self.one(f"{self.number(2)}-{self.number(4)}/{self.number(2)}", f"{self.number(2)}.{self.number(3)}.{self.number(5)}",
                                         f"AZ {self.number(3)} {self.number(4)}/26", self.number(9))


AT_TOP = "@page:first{margin-top:0}"  # so that places count from the paper's corner; what lies in a margin is not printed


def e(text): return html.escape(text or "").replace("\n", "<br>")
def at(x, y, w, body, style=""): return f'<div style="position:absolute;left:{x}mm;top:{y}mm;width:{w}mm;{style}">{body}</div>'
def paras(text, gap=3): return "".join(f'<p style="margin:0 0 {gap}mm 0">{e(p)}</p>' for p in text.split("\n\n"))


def letterhead(h, name, rest):
    """The head of a firm, an association or an authority; html and how far down it reaches."""
    colour, size = h.one("#000", "#1a3a6b", "#7a1f1f", "#2b5d34", "#555"), h.r.choice([11, 13, 16, 20, 24])
    place = h.one("left", "center", "right")
    logo = ""
    if h.often(.4):
        x = h.one(22, 95, 160)
        logo = at(x, 8, 25, f'<svg width="22mm" height="18mm"><circle cx="9mm" cy="9mm" r="{h.r.randint(4, 8)}mm" fill="{colour}"/>'
                  f'<rect x="{h.r.randint(8, 14)}mm" y="3mm" width="6mm" height="12mm" fill="#999"/></svg>')
    lines = f'<div style="font-size:{size}pt;color:{colour};{h.one("font-weight:bold", "letter-spacing:2px", "font-variant:small-caps")}">{e(name)}</div>'
    if h.often(.5): lines += f'<div style="font-size:8.5pt">{e(" · ".join(rest))}</div>'
    if h.often(.4): lines += f'<div style="border-bottom:1pt solid {colour};margin-top:1mm"></div>'
    return logo + at(20, h.r.choice([9, 12, 16]), 170, lines, f"text-align:{place}")


def foot(h, name):
    """Bank, register and telephone at the foot of the page; a rule of CSS."""
    cells = [f"{name}<br>{h.street()}<br>{h.r.choice(TOWNS)}", f"Telefon 0{h.number(4)} {h.number(5)}<br>info@{h.number(3)}.example",
             f"IBAN DE{h.number(2)} {h.number(4)} {h.number(4)} {h.number(4)} {h.number(4)} 00<br>Steuernummer {h.number(5)}/{h.number(5)}"]
    said = r"\a ".join(c.replace("<br>", " · ") for c in h.r.sample(cells, h.r.randint(1, 3))).replace('"', "")
    return f'@page{h.one(":first", ":first", "")}{{@bottom-left{{content:"{said}";white-space:pre;font-size:7pt;color:#444;margin-left:25mm}}}}'


def window(h, lines, top, small=""):
    """The address field with its return line; some write straight into it, some have lines of the post above."""
    above = f'<div style="font-size:7pt;text-decoration:underline">{e(small)}</div>' if small else ""
    if h.often(.12): above += f"<div>{h.one('Einschreiben', 'Per Einwurf', 'Vorab per Fax', 'Persönlich', 'Per Boten', 'Gegen Empfangsbekenntnis')}</div>"
    return at(h.r.uniform(18, 26), top, 85, above + "<br>".join(e(x) for x in lines))


def info_block(h, date, reference):
    rows = [("Ihr Zeichen", ""), ("Unser Zeichen", reference or h.reference()), ("Bearbeiter", h.stranger()), ("Durchwahl", h.number(4)), ("Datum", date)]
    rows = rows if h.often(.6) else rows[1::3] + rows[4:]
    return at(128, h.r.uniform(45, 60), 65, "".join(f"<div>{a}: {e(b)}</div>" for a, b in rows), "font-size:8.5pt")


def text(h, opening=True):
    """Subject, body, signature and list of enclosures, as different people write them."""
    l, out = h.l, ""
    if l["subject"]:
        subject = h.one("", "", "", "Betreff: ", "Betr.: ", "Betrifft: ") + l["subject"]
        out += f'<p style="font-weight:{h.one("bold", "bold", "normal")};margin:0 0 {h.one(3, 6, 9)}mm 0">{e(subject)}</p>'
    body = l["body"]
    if h.often(.25):  # longer letters
        extra = [p for o in h.r.sample(h.others, min(4, len(h.others))) for p in o["body"].split("\n\n")[1:-1] if len(p) > 60]
        parts = body.split("\n\n")
        body = "\n\n".join(parts[:-1] + extra[:h.r.randint(2, 9)] + parts[-1:])
    out += paras(body, h.one(0, 2, 3, 4))
    sign = re.sub(r"[^-.\w ]", "", h.sender[0])[:26]
    if h.often(.5): out += f"<div style=\"font-family:'Dancing Script';font-size:19pt;margin:4mm 0\">{e(sign)}</div>"
    if l.get("enclosures") and h.often(.8): out += f'<p>{h.one("Anlage: ", "Anlagen: ", "Anlagen:<br>", "Anl.: ", "Anbei: ", "Beigefügt: ", "Anlage(n)<br>– ")}{e(l["enclosures"])}</p>'
    if h.often(.08): out += f"<p>cc: {e(h.stranger())}</p>"
    if h.often(.06): out += f"<p>PS: {h.sentences(1)}</p>"
    return out


def page_rule(h, title, numbered=None):
    """Numbers and running heads as word processors set them; without a number on the first page where people leave it out."""
    name = numbered or h.one(None, None, None, '"Seite " counter(page) " von " counter(pages)', '"- " counter(page) " -"', '"– " counter(page) " –"',
                 '"Seite " counter(page)', 'counter(page) " / " counter(pages)', 'counter(page)', '"Blatt " counter(page)', '"Seite " counter(page) "/" counter(pages)')
    rule = ""
    if name:
        place = h.one("bottom-center", "bottom-right", "top-center", "top-right", "bottom-left")
        rule += f"@page{{@{place}{{content:{name};font-size:{h.one(8, 9, 10)}pt}}}}"
        if h.often(.4): rule += f"@page:first{{@{place}{{content:none}}}}"
    if h.often(.2):
        running = h.one(h.sender[0], f"Schreiben vom {h.l['date']}", f"{title[:40]}", f"Seite 2 zum Schreiben vom {h.l['date']}", f"an {h.recipient[0]} vom {h.l['date']}")
        rule += f'@page{{@top-left{{content:{json.dumps(running, ensure_ascii=False)};font-size:9pt}}}}@page:first{{@top-left{{content:none}}}}'
    return rule


def document(h, body, rule="", font=None, size=None, margin=None, paper="A4"):
    return (f'<html><head><meta charset="utf-8"><style>@page{{size:{paper};margin:{margin or "22mm 20mm 22mm 25mm"}}}{rule}'
            f'@page across{{size:A4 landscape;margin:15mm}}@page slip{{size:80mm 210mm;margin:5mm}}@page half{{size:A5;margin:14mm}}'
            f'.across{{page:across;break-before:page}}.slip{{page:slip;break-before:page}}.half{{page:half;break-before:page}}.new{{break-before:page}}'
            f'body{{margin:0;font-family:"{font or h.font}";font-size:{size or h.size}pt;line-height:{h.one(1.15, 1.2, 1.3, 1.4, 1.5)};hyphens:manual}}'
            f'table{{border-collapse:collapse}}</style></head><body>{body}</body></html>')


# ---- how letters begin

def by_din(h):
    """DIN 5008, with a head of one's own or without."""
    l, top, rule = h.l, h.one(44, 44, 27, 36, 50), AT_TOP
    business = l.get("senderType", "citizen") not in ("citizen", "other") or re.search(r"GmbH|e\. ?V\.|KG|Kanzlei|Praxis|amt|schule", h.sender[0])
    out = ""
    if business:
        out += letterhead(h, h.sender[0], h.sender[1:])
        if h.often(.6): rule += foot(h, h.sender[0])
        out += window(h, h.recipient, top + h.r.uniform(0, 12), ", ".join(h.sender[:3]) if h.often(.7) else "")
    else:
        out += at(h.one(25, 25, 125, 80), h.r.uniform(8, 18), 80, e(l["sender"]), f"text-align:{h.one('left', 'left', 'right')}")
        out += window(h, h.recipient, top + h.r.uniform(6, 20))
    y = top + h.r.uniform(42, 56)
    if business and h.often(.5): out += info_block(h, l["date"], l.get("reference"))
    else:
        out += at(h.one(130, 140, 25), y, 55, e(l["date"]))
        if l.get("reference"): out += at(25, y + 6, 120, e(l["reference"])); y += 6
    flow = f'<div style="padding:{y + 10}mm 20mm 0 25mm">{text(h)}</div>'
    return document(h, out + flow, page_rule(h, l["subject"]) + rule, margin="22mm 0")


def by_feel(h):
    """Sender, day, address and text one below the other, in whatever order; one of them may be missing."""
    l = h.l
    right = 'style="text-align:right"'
    sender = f"<p {h.one('', '', right)}>{e(l['sender'])}</p>"
    to = f"<p>{h.one('', 'An:<br>', 'An die<br>', 'An<br>')}{e(l['recipient'])}</p>" if h.often(.6) else h.one("", f"<p>{e(h.recipient[0])}</p>", "<p>An die Stadtverwaltung</p>")
    date = f"<p {h.one('', right)}>{e(l['date'])}</p>"
    parts = h.one([sender, to, date], [date, sender, to], [to, date], [sender, date], [date, to], [to], [sender + date])
    out = "".join(parts) + text(h) + ("" if sender in parts else f"<p>{e(l['sender'])}</p>")
    return document(h, out, page_rule(h, l["subject"]), margin=h.one("20mm 25mm", "15mm 18mm", "30mm 25mm 20mm 30mm"))


def note(h):
    """A note by hand or a postcard: no address, few lines."""
    l = h.l
    top = h.one(f"<p>{e(l['date'])}</p>", "", f"<p>An {e(h.recipient[0])}</p>", "<p>Ans Rathaus</p>", f"<p style='text-align:right'>{e(l['date'])}</p>")
    end = h.one(f"<p>{e(h.sender[0])}</p>", f"<p>{e(l['sender'])}</p>", f"<p>{e(', '.join(h.sender))}</p>")
    return document(h, top + paras(l["body"]) + end, "", h.r.choice(HANDS + FONTS[:5]), h.one(12, 14, 15), h.one("18mm", "25mm 20mm"), h.one("A4", "A4", "A5", "A5 landscape"))


def e_mail(h):
    """The print of an e-mail, with what was quoted below it."""
    l, name = h.l, h.sender[0]
    address = re.sub(r"[^a-z]+", ".", name.lower()).strip(".") + "@mail.example"
    head = h.one([("Von", f"{name} &lt;{address}&gt;"), ("Gesendet", f"{l['date']} {h.r.randint(6, 23)}:{h.r.randint(10, 59)}"), ("An", e(h.recipient[0])), ("Betreff", e(l["subject"] or "Anfrage"))],
                 [("From", f"{name} &lt;{address}&gt;"), ("To", "poststelle@stadt.example"), ("Date", l["date"]), ("Subject", e(l["subject"] or "Bitte"))],
                 [("Betreff", e(l["subject"] or "Anliegen")), ("Von", address), ("Datum", l["date"]), ("An", "info@stadt.example")])
    out = (f"<p><b>{e(h.one(name, l['subject'] or name, 'Poststelle'))}</b></p><hr>" if h.often(.5) else "") + "".join(f"<div><b>{a}:</b> {b}</div>" for a, b in head) + "<br>" + paras(l["body"]) + f"<p>{e(l['sender'])}</p>"
    if h.often(.35):
        o = h.r.choice(h.others)
        out += f"<p>-----{h.one('Ursprüngliche Nachricht', 'Original Message')}-----<br>Von: {e(o['sender'].split(chr(10))[0])}<br>Gesendet: {h.day()}<br>Betreff: {e(o['subject'])}</p>" + paras(o["body"])
    rule = h.one("", '@page{@bottom-right{content:counter(page);font-size:8pt}}', f'@page{{@bottom-left{{content:"https://mail.example/{h.number()}";font-size:7pt}}@bottom-right{{content:counter(page) "/" counter(pages);font-size:7pt}}@top-left{{content:"{h.day()}, 09:1{h.r.randint(0, 9)}";font-size:7pt}}}}')
    return document(h, out, rule, h.r.choice(FONTS[:6]), h.one(9, 10, 11))


def form_body(h, title, own, pages):
    """Fields under headings, on one page or more; every page may have the form's head again."""
    l = h.l
    fields = [("Familienname, Vorname", h.sender[0]), ("Straße, Hausnummer", (h.sender + [""])[1]), ("PLZ, Ort", (h.sender + ["", ""])[2]), ("Geburtsdatum", h.day()), ("Telefon", "0" + h.number(9)),
              ("Staatsangehörigkeit", "deutsch"), ("Familienstand", h.one("ledig", "verheiratet", "")), ("Bankverbindung", "DE" + h.number(9)), ("Beruf", ""), ("Größe der Wohnung", f"{h.r.randint(30, 140)} m²"), ("Beginn", h.day()), ("E-Mail", "")]
    out = ""
    for p in range(pages):
        head = f"<p style='font-size:8pt'>{h.one(f'Vordruck {h.number(3)}', f'Formular {h.number(2)}/{h.number(2)}', e(h.recipient[0]))}</p><h2>{e(title)}</h2>" if p == 0 or h.often(.5) else ""
        rows = "".join(f"<tr><td style='width:65mm;height:{h.one(7, 9, 12)}mm;border:1px solid'>{a}</td><td style='width:95mm;border:1px solid'>{e(b) if h.often(.8) else ''}</td></tr>" for a, b in h.r.sample(fields, h.r.randint(5, 12)))
        boxes = "".join(f"<p>☐ {h.one('ja', 'trifft zu', 'liegt bei')} &nbsp; ☒ {h.one('nein', 'trifft nicht zu', 'folgt')} &nbsp; {h.sentences(1)}</p>" for _ in range(h.r.randint(0, 4)))
        said = paras(l["body"]) if own and p == pages - 1 else ""
        sign = f"<p>{h.one('Ort, Datum', 'Datum')}: {e(l['date'])} &nbsp; Unterschrift ________</p>" if p == pages - 1 else ""
        out += f"<div{' class=new' if p else ''}>{head}<h4>{p + 1}. {h.one('Angaben zur Person', 'Angaben zum Vorhaben', 'Einkommen', 'Erklärung', 'Weitere Angaben')}</h4><table>{rows}</table>{boxes}{said}{sign}</div>"
    return out


def form(h):
    """A form that is a piece of mail of its own."""
    title = f"{h.one('Antrag auf', 'Anmeldung', 'Anzeige über', 'Meldung', 'Formblatt')} {h.l['subject'] or h.one('Leistungen', 'Erlaubnis', 'Zuschuss')}"
    top = h.one(f"<div>{e(h.l['recipient'])}</div>", f"<div>{e(h.recipient[0])}</div>", f"<div>An<br>{e(h.l['recipient'])}</div>", "<div>Zurück an die Stadtverwaltung</div>", "")
    pages = h.one(1, 1, 2, 3)
    return document(h, top + form_body(h, title, True, pages), page_rule(h, title), h.r.choice(FONTS[:4]), h.one(9, 10, 11), h.one("12mm 20mm", "18mm 22mm"))


def fax(h):
    """A fax: the machine's line above each page, often a cover page."""
    line = f"{h.day()} {h.r.randint(7, 18)}:{h.r.randint(10, 59)}  FAX 0{h.number(8)}  {h.sender[0].upper()[:24]}"
    rule = f'@page{{@top-left{{content:{json.dumps(line, ensure_ascii=False)};font-size:8pt}}@top-right{{content:"S. 0" counter(page) "/0" counter(pages);font-size:8pt}}}}'
    cover = ""
    if h.often(.6):
        cover = f"<h1>{h.one('Fax', 'Telefax', 'FAX-Nachricht', 'Telefax-Deckblatt')}</h1><table>" + "".join(f"<tr><td style='width:40mm'>{a}:</td><td>{e(b)}</td></tr>" for a, b in [("An", h.l["recipient"]), ("Von", h.sender[0]), ("Datum", h.l["date"]), ("Seiten", str(h.r.randint(2, 4))), ("Betreff", h.l["subject"])]) + "</table><div class=new></div>"
    return document(h, cover + f"<p>{e(h.l['sender'])}</p><p>{e(h.l['recipient'])}</p><p>{e(h.l['date'])}</p>" + text(h), rule)


# ---- what lies behind a letter

def to_us(h, name, content):
    """A letter by others, most often to our sender."""
    out = letterhead(h, name, [h.street(), h.r.choice(TOWNS)]) + window(h, h.sender[:3], h.r.uniform(44, 60), f"{name}, {h.street()}" if h.often(.5) else "")
    out += info_block(h, h.day(), "") if h.often(.5) else at(140, 92, 50, h.day())
    rule = f"<style>{foot(h, name)}</style>" if h.often(.5) else ""
    return f'{rule}{out}<div style="padding:{h.r.uniform(100, 112)}mm 20mm 0 25mm">{content}</div>'


def others_letter(h):
    greeting = h.one("Sehr geehrte Damen und Herren,", f"Sehr geehrte/r {e(h.sender[0])},", "Guten Tag,", f"Hallo {e(h.sender[0])},", "")
    title = h.one("Bescheid", "Mahnung", "Ihr Antrag", "Zahlungserinnerung", "Kündigung", "Ihr Schreiben", "Anhörung", "Vertragsbestätigung", "Rechnung")
    name = h.body_name()
    body = f"<p><b>{title} {h.one('vom ' + h.day(), 'Nr. ' + h.number(), '')}</b></p><p>{greeting}</p>{h.paragraphs(h.one(2, 3, 5, 9, 14))}<p>{h.one('Mit freundlichen Grüßen', 'Im Auftrag', 'Hochachtungsvoll', '')}</p><p>{e(name)}</p>"
    return to_us(h, h.one(name, name, "Stadt " + h.recipient[-1].split(" ")[-1]), body)


def invoice(h):
    rows = "".join(f"<tr><td>{i}</td><td style='width:90mm'>{h.one('Arbeitszeit', 'Material', 'Anfahrt', 'Leistung', 'Miete', 'Gerät', 'Gebühr')} {h.number(3)}</td><td>{h.r.randint(1, 9)}</td><td style='text-align:right'>{h.money()} {h.one('€', 'EUR')}</td></tr>" for i in range(1, h.r.randint(3, 18)))
    return to_us(h, h.body_name(), f"<h3>{h.one('Rechnung', 'Angebot', 'Gutschrift', 'Kostenvoranschlag', 'Gebührenbescheid')} {h.number()}</h3><p>{h.sentences(1)}</p><table cellpadding=3>{rows}</table><p><b>Gesamtbetrag {h.money()} EUR</b></p><p>{h.sentences(1)}</p>")


def certificate(h):
    name = h.body_name()
    title = h.one("Ärztliches Attest", "Bescheinigung", "Zeugnis", "Urkunde", "Geburtsurkunde", "Bestätigung", "Teilnahmebescheinigung", "Mitgliedsbescheinigung", "Meldebescheinigung")
    return f"<div class=new style='text-align:{h.one('center', 'left')}'><p>{e(name)}<br>{h.street()}, {h.r.choice(TOWNS)}</p><h1>{title}</h1><p>{h.one('Hiermit wird bestätigt, dass', 'Frau/Herr', 'Wir bescheinigen:')} {e(h.sender[0])}, {e((h.sender + [''])[1])}, geboren am {h.day()}</p>{h.paragraphs(h.one(1, 2))}<p>{h.r.choice(TOWNS).split(' ')[1]}, {h.day()}</p><p>Stempel, Unterschrift</p></div>"


def contract(h):
    parts = "".join(f"<h4>§ {i} {h.one('Gegenstand', 'Laufzeit', 'Zahlung', 'Haftung', 'Pflichten', 'Kündigung', 'Schluss')}</h4>{h.paragraphs(h.one(1, 2, 3))}" for i in range(1, h.r.randint(4, 16)))
    title = h.one("Mietvertrag", "Vertrag", "Vereinbarung", "Satzung", "Hausordnung", "Kaufvertrag", "Gutachten", "Konzept", "Bericht", "Niederschrift")
    return f"<div class=new><h2>{title}</h2><p>zwischen {e(h.stranger())} und {e(h.sender[0])}</p>{parts}</div>"


def table(h):
    wide = h.often(.4)
    columns = h.r.randint(3, 8 if wide else 5)
    rows = "".join("<tr>" + "".join(f"<td style='border:1px solid #999;padding:1mm'>{h.one(h.money(), h.day(), h.number(3), h.one('Müll', 'Heizung', 'Lärm', 'Fahrt', 'Probe', 'Summe'))}</td>" for _ in range(columns)) + "</tr>" for _ in range(h.r.randint(6, 40)))
    title = h.one("Aufstellung", "Messwerte", "Lärmprotokoll", "Kontoauszug", "Betriebskosten", "Übersicht", "Teilnehmer", "Lohnabrechnung", "")
    return f"<div class={'across' if wide else 'new'}><h3>{title} {h.one('', h.day(), '202' + str(h.r.randint(3, 6)))}</h3><table>{rows}</table></div>"


def signatures(h):
    rows = "".join(f"<tr><td style='width:70mm;height:8mm;border:1px solid'>{e(h.stranger())}</td><td style='width:60mm;border:1px solid'>{h.street()}</td><td style='width:30mm;border:1px solid'></td></tr>" for _ in range(h.r.randint(6, 22)))
    return f"<div class=new><h3>{h.one('Unterschriftenliste', 'Unterschriften', 'Wir sind dafür', 'Teilnehmende')}</h3><p>{e(h.l['subject'])}</p><table>{rows}</table></div>"


def photo(h):
    shapes = "".join(f"<ellipse cx='{h.r.randint(5, 95)}%' cy='{h.r.randint(5, 95)}%' rx='{h.r.randint(5, 25)}%' ry='{h.r.randint(3, 20)}%' fill='rgb({h.r.randint(40, 220)},{h.r.randint(40, 220)},90)'/>" for _ in range(15))
    caption = h.one(f"Foto {h.r.randint(1, 9)}", f"Bild vom {h.day()}", "Blick von der Straße", f"{h.street()}", f"{e(h.sender[0])}, {h.day()}", "so sieht es aus!")
    return f"<div class='{h.one('new', 'new', 'across', 'half')}'><svg width='120mm' height='80mm'>{shapes}</svg><p>{caption}</p></div>"


def slip(h):
    rows = "".join(f"<div>{h.one('Artikel', 'Pos', 'Ticket', 'Super E10', 'Farbe', 'Schrauben')} {i} .... {h.money()}</div>" for i in range(1, h.r.randint(3, 14)))
    return f"<div class={h.one('slip', 'new')} style='font-family:\"Courier Prime\";font-size:9pt'><p>{e(h.body_name())}<br>{h.street()}</p>{rows}<p>SUMME EUR {h.money()}</p><p>{h.day()} {h.r.randint(8, 19)}:{h.r.randint(10, 59)}<br>Vielen Dank</p></div>"


def plan(h):
    lines = "".join(f"<line x1='{h.r.randint(0, 100)}%' y1='{h.r.randint(0, 100)}%' x2='{h.r.randint(0, 100)}%' y2='{h.r.randint(0, 100)}%' stroke='#000'/>" for _ in range(20))
    labels = "".join(f"<text x='{h.r.randint(5, 80)}%' y='{h.r.randint(5, 95)}%' font-size='12'>{h.one('Flst. ' + h.number(4), h.street(), 'Zufahrt', 'Garage', h.money() + ' m', 'Nord')}</text>" for _ in range(h.r.randint(3, 14)))
    return f"<div class={h.one('across', 'new')}><p>{h.one('Lageplan', 'Grundriss', 'Skizze', 'Ansicht Süd', '')} {h.one('M 1:100', '1:500', '')}</p><svg width='165mm' height='140mm'>{lines}{labels}</svg></div>"


def form_behind(h):
    title = h.one("Erklärung", "Vollmacht", "Angaben zum Antrag", "Einzugsermächtigung", "Schweigepflichtentbindung", "Fragebogen", "SEPA-Lastschriftmandat", "Selbstauskunft")
    return f"<div class=new>{form_body(h, title, False, h.one(1, 1, 2))}</div>"


def mail_behind(h):
    o = h.r.choice(h.others)
    return f"<div class=new><div>Von: {e(h.one(h.sender[0], o['sender'].split(chr(10))[0]))}</div><div>Gesendet: {h.day()}</div><div>An: {e(h.one(h.sender[0], h.stranger()))}</div><div>Betreff: {h.one('AW: ', 'WG: ', 'Re: ', '')}{e(h.l['subject'] or o['subject'])}</div><br>{h.paragraphs(h.one(1, 2, 4))}<p>{e(o['sender'].split(chr(10))[0])}</p></div>"


def own_copy(h):
    """A copy of what the sender had written before, to the same office or another."""
    mark = h.one("Kopie", "Durchschrift", "zur Erinnerung", "")
    to = h.one(h.recipient, [h.body_name(), h.street(), h.r.choice(TOWNS)])
    return (f"<div class=new><p style='text-align:right'>{mark}</p><p>{e(h.l['sender'])}</p><p>{e(chr(10).join(to))}</p><p>{h.day()}</p><p>{h.one('Sehr geehrte Damen und Herren,', 'Guten Tag,')}</p>"
            f"{h.paragraphs(h.one(1, 2, 3))}<p>{h.one('Mit freundlichen Grüßen', 'Hochachtungsvoll')}</p><p>{e(h.sender[0])}</p></div>")


def life(h):
    rows = "".join(f"<tr><td style='width:45mm'>{2000 + i * 2} – {2002 + i * 2}</td><td>{e(h.body_name())}, {h.r.choice(TOWNS)[6:]}</td></tr>" for i in range(h.r.randint(4, 11)))
    return f"<div class=new><h2>Lebenslauf</h2><p>{e(h.l['sender'])}</p><table>{rows}</table><p>{h.day()}</p></div>"


def cutting(h):
    return f"<div class=new><h2>{h.sentences(1)}</h2><p><i>{h.one('Tagblatt', 'Anzeiger', 'Rundschau')}, {h.day()}</i></p><div style='columns:2'>{h.paragraphs(h.r.randint(4, 12))}</div></div>"


FIRST = [(by_din, 45), (by_feel, 22), (note, 7), (e_mail, 8), (form, 11), (fax, 7)]
BEHIND = [(others_letter, 16), (invoice, 10), (certificate, 10), (contract, 9), (table, 9), (signatures, 4), (photo, 8), (slip, 5), (plan, 5), (form_behind, 9), (mail_behind, 6),
          (own_copy, 4), (life, 2), (cutting, 3)]


def choose(r, weighted): return r.choices([f for f, _ in weighted], [w for _, w in weighted])[0]


def pages_of(h):
    first = choose(h.r, FIRST)
    yield first(h)
    if h.often(.6 if h.l.get("enclosures") else .25):
        behind = [choose(h.r, BEHIND) for _ in range(h.one(1, 1, 1, 2, 2, 3, 4))]
        for f in behind:
            h.font, h.size = h.r.choice(FONTS), h.one(9, 10, 10.5, 11, 12)
            body = f(h).replace(" class=new", "", 1).replace("<div class='new'", "<div", 1)
            numbered = h.one('"Seite " counter(page) " von " counter(pages)', "counter(page)") if f in (contract, others_letter) and h.often(.5) else None
            rule = page_rule(h, "", numbered) if numbered else ""
            if f in (others_letter, invoice): yield document(h, body, rule + AT_TOP, margin="22mm 0")
            else: yield document(h, body, rule, margin=h.one("22mm 20mm 22mm 25mm", "15mm 20mm", "22mm 25mm 22mm 25mm"))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("letters"); p.add_argument("out"); p.add_argument("--only", type=int, default=0); p.add_argument("--seed", type=int, default=1)
    o = p.parse_args()
    letters = [json.loads(line) for line in open(o.letters, encoding="utf8")]
    out = pathlib.Path(o.out); out.mkdir(parents=True, exist_ok=True)
    chosen = random.Random(o.seed).sample(letters, min(o.only or len(letters), len(letters)))
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t)
        for l in chosen:
            parts = []
            for i, page in enumerate(pages_of(Hand(l, letters, f"{o.seed} {l['id']}"))):
                (t / f"{i}.html").write_text(page, encoding="utf8")
                subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                f"--user-data-dir={t}/chrome", "--no-pdf-header-footer", f"--print-to-pdf={t}/{i}.pdf", f"file://{t}/{i}.html"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                parts.append(str(t / f"{i}.pdf"))
            subprocess.run(["qpdf", "--empty", "--pages", *parts, "--", str(out / f"{l['id']}.pdf")], check=True)


main()
