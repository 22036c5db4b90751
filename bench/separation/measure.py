#!/usr/bin/env python3
"""Separation of stacks, from file to letters: boundary F1, share of stacks without any error, share that would have waited for a person.
usage: measure.py POSTLOTSE ORG.json FOLDER…   (FOLDER: batch-*.pdf, each with batch-*.json: [{"firstPage": …, "pages": …}, …])
Stacks are made by bench/tools/render_scans.py LETTERS.jsonl FOLDER --batch K. The first page of a stack is no boundary."""
import json, pathlib, subprocess, sys, tempfile

program, organisation, folders = sys.argv[1], sys.argv[2], [pathlib.Path(f) for f in sys.argv[3:]]
hits = extra = missed = stacks = right = waits = right_of_sure = pages = 0
for folder in folders:
    files = sorted(folder.glob("batch-*.pdf"))
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([program, "process", *map(str, files), "--org", organisation, "--out", out], check=True, stderr=subprocess.DEVNULL)
        results = [json.loads(f.read_text("utf8")) for f in pathlib.Path(out).glob("*.json") if f.name != "summary.json"]
    for file in files:
        truth = {(l["firstPage"], l["pages"]) for l in json.loads(file.with_suffix(".json").read_text("utf8"))}
        letters = [r for r in results if r["source"]["file"] == file.name]
        found = {(r["source"]["firstPage"], r["source"]["pageCount"]) for r in letters}
        a, b = {f for f, _ in truth} - {1}, {f for f, _ in found} - {1}
        hits, extra, missed = hits + len(a & b), extra + len(b - a), missed + len(a - b)
        unsure = any(f["kind"] == "boundariesUnsure" for r in letters for f in r["findings"])
        stacks, right, waits = stacks + 1, right + (truth == found), waits + unsure
        right_of_sure += truth == found and not unsure
        pages += sum(n for _, n in truth)
        if truth != found: print(f"{folder.name}/{file.name}: extra {sorted(b - a)}, missed {sorted(a - b)}{', would wait' if unsure else ''}")
f1 = 2 * hits / max(1, 2 * hits + extra + missed)
print(f"{stacks} stacks, {pages} pages, {hits + missed} boundaries: F1 {f1:.4f} (extra {extra}, missed {missed}); without any error "
      f"{100 * right / stacks:.1f} %; would wait for a person {waits}; right of those divided without one {right_of_sure}/{stacks - waits}")
