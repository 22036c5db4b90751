"""Judges how hostile files ended: as letters, with a reason, or without a clear end; and whether the reason is one that fits."""
import collections, hashlib, json, pathlib, re
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNCLEAR = "StageFailed"  # "has failed several times" tells a clerk nothing about the file


def texts():
    """What each finding says, German, longest first, so that the particular is met before the general."""
    entries = ET.parse(ROOT / "src/Postlotse/Letters/FindingTexts.resx").getroot().iter("data")
    return sorted(((e.get("name"), e.findtext("value")) for e in entries if e.get("name") not in ("OnPage", "Measure")), key=lambda e: -len(e[1]))


def kind_of(reason, texts):
    plain = re.sub(r"^Seite \d+: ", "", reason)
    return next((name for name, text in texts if re.match(re.escape(text).replace(r"\{0\}", ".{1,40}"), plain)), None)


def hashes(folder): return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()}


def judge(folder, out, before):
    """Counts by end, and sentences about what is wrong; names of mutations are those of the files they came from."""
    known, expected = texts(), json.loads(folder.with_name(folder.name + ".json").read_text())
    failed = {f["file"]: f["reason"] for f in json.loads((out / "summary.json").read_text())["failed"]}
    letters = collections.defaultdict(list)
    for result in (json.loads(f.read_text()) for f in out.glob("*.json") if f.name != "summary.json"):
        letters[result["source"]["file"]].append(result)
    ends, wrong, times = collections.Counter(), [], {}
    for name, may in expected.items():
        times[name] = sum(r["milliseconds"]["total"] for r in letters[name])
        kind = "letters" if letters[name] else kind_of(failed.get(name, ""), known)
        if kind is None or kind == UNCLEAR: wrong.append(f"{name}: no clear end: {failed.get(name, 'nothing')}")
        elif may and kind.split(".")[0] not in may: wrong.append(f"{name}: ended as {kind}, not as {' or '.join(may)}")
        ends[kind or "nothing"] += 1
    if hashes(folder) != before: wrong.append("files were changed")
    return ends, wrong, times
