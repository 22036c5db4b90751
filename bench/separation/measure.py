#!/usr/bin/env python3
"""Separation of stacks, from file to letters: boundary F1, share of stacks without any error, share that would have waited for a person.
usage: measure.py POSTLOTSE ORG.json FOLDER…   (FOLDER: batch-*.pdf, each with batch-*.json: [{"firstPage": …, "pages": …}, …])
       measure.py POSTLOTSE ORG.json --sheets LETTERS.jsonl [--only N]
Stacks are made by bench/tools/render_scans.py LETTERS.jsonl FOLDER --batch K. The first page of a stack is no boundary.
--sheets: makes stacks of five letters (N in all, 100 by default), half of them of office and half of rough quality, with the web application's own
separator sheets between the letters, some upside down, all leaning; also tells the sheets that were missed."""
import json, pathlib, subprocess, sys, tempfile
from sheets import print_sheets

program, organisation, folders = sys.argv[1], sys.argv[2], [pathlib.Path(f) for f in sys.argv[3:]]
made, sheets, unseen, key = None, 0, 0, []
if sys.argv[3] == "--sheets":
    made = tempfile.TemporaryDirectory()
    root, only = pathlib.Path(made.name), int(sys.argv[6]) if sys.argv[5:6] == ["--only"] else 100
    print_sheets(program, organisation, root / "sheets.pdf")
    key = ["--sheet-key", root / "sheet.key"]
    folders = []
    for seed, quality in enumerate(["office", "rough"], 11):
        folders.append(root / quality)
        subprocess.run([sys.executable, pathlib.Path(__file__).parent.parent / "tools" / "render_scans.py", sys.argv[4], folders[-1], "--batch", "5",
                        "--only", str(only // 2), "--seed", str(seed), "--quality", quality, "--sheets", root / "sheets.pdf"], check=True)
hits = extra = missed = stacks = right = waits = right_of_sure = pages = 0
for folder in folders:
    files = sorted(folder.glob("batch-*.pdf"))
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([program, "process", *map(str, files), "--org", organisation, "--out", out, *key], check=True, stderr=subprocess.DEVNULL)
        results = [json.loads(f.read_text("utf8")) for f in pathlib.Path(out).glob("*.json") if f.name != "summary.json"]
    for file in files:
        told = json.loads(file.with_suffix(".json").read_text("utf8"))
        truth = {(l["firstPage"], l["pages"]) for l in told}
        letters = [r for r in results if r["source"]["file"] == file.name]
        found = {(r["source"]["firstPage"], r["source"]["pageCount"]) for r in letters}
        a, b = {f for f, _ in truth} - {1}, {f for f, _ in found} - {1}
        hits, extra, missed = hits + len(a & b), extra + len(b - a), missed + len(a - b)
        inside = {p for first, count in found for p in range(first, first + count)}
        missing = [l["sheet"] for l in told if "sheet" in l and l["sheet"] in inside]
        sheets, unseen = sheets + sum("sheet" in l for l in told), unseen + len(missing)
        if missing: print(f"{folder.name}/{file.name}: sheets missed {missing}")
        unsure = any(f["kind"] == "boundariesUnsure" for r in letters for f in r["findings"])
        stacks, right, waits = stacks + 1, right + (truth == found), waits + unsure
        right_of_sure += truth == found and not unsure
        pages += sum(n for _, n in truth)
        if truth != found: print(f"{folder.name}/{file.name}: extra {sorted(b - a)}, missed {sorted(a - b)}{', would wait' if unsure else ''}")
f1 = 2 * hits / max(1, 2 * hits + extra + missed)
print(f"{stacks} stacks, {pages} pages, {hits + missed} boundaries: F1 {f1:.4f} (extra {extra}, missed {missed}); without any error "
      f"{100 * right / stacks:.1f} %; would wait for a person {waits}; right of those divided without one {right_of_sure}/{stacks - waits}")
if sheets: print(f"{sheets} sheets, {unseen} missed")
if made: made.cleanup()
