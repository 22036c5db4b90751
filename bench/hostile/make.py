#!/usr/bin/env python3
"""Writes hostile files for bench/run and tests: made by hand (pdfs.py, others.py), then mutations of good files. Same seed, same files.

Call: make.py FOLDER [--files N] [--seed S] [--every K]     K: only every K-th file made by hand, for a sample
A list FOLDER.json says for each file what may come of it: "letters" or kinds of findings; empty for mutations, of which nobody knows.
Needs qpdf."""
import argparse, json, pathlib, random, re, sys

sys.dont_write_bytecode = True
import others, pdfs  # noqa: E402

CORPUS = pathlib.Path(__file__).resolve().parents[2] / "tests/corpus"


def mutated(data, random, other):
    """A few changes of one file: bits, bytes, ranges left out or doubled, numbers, a piece of another file."""
    data = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 12))):
        if not data: break
        at, length = random.randrange(len(data)), min(random.choice((1, 4, 40, 400)), len(data))
        change = random.randrange(8)
        if change == 0: data[at] ^= 1 << random.randrange(8)
        elif change == 1: data[at:at + length] = random.randbytes(length)
        elif change == 2: del data[at:at + length]
        elif change == 3: data[at:at] = data[at:at + length] * random.choice((1, 1, 50))
        elif change == 4: data[at:at + 4] = random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x80", b"\1\0\0\0"))
        elif change == 5: swap_number(data, random)
        elif change == 6: data[at:at + length] = other[at % len(other):][:length]
        elif random.random() < 0.2: del data[at:]
    return bytes(data)


def swap_number(data, random):
    numbers = [m.span() for m in re.finditer(rb"-?\d+", data[:20_000])]
    if not numbers: return
    start, end = random.choice(numbers)
    data[start:end] = random.choice((b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"0.00001", b"[", b"null"))


def by_hand():
    seeds = {f.name: f.read_bytes() for f in sorted([*(CORPUS / "hostile").glob("page.*"), *(CORPUS / "hostile").glob("*.*"),
                                                     CORPUS / "images/cmyk.jpg"]) if f.suffix != ".md"}
    return [*pdfs.kinds(seeds), *others.kinds(seeds, pdfs.page())], seeds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=520)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    made, seeds = by_hand()
    chance = random.Random(options.seed)
    good = [(name, data) for name, data, may in made if may == pdfs.READ and len(data) < 100_000]
    files = made[options.seed % options.every::options.every]
    for n in range(options.files - len(files)):
        name, data = chance.choice(good)
        files.append((f"m{n:04d}-" + re.sub(r"[^\w.-]", "_", name)[-40:], mutated(data, chance, chance.choice(good)[1]), ""))
    options.folder.mkdir(parents=True)
    expected = {}
    for name, data, may in files:
        (options.folder / name).write_bytes(data)
        expected[name] = may.split()
    options.folder.with_name(options.folder.name + ".json").write_text(json.dumps(expected, indent=0, ensure_ascii=False))
    print(f"{len(expected)} files, {len(made)} kinds made by hand")


if __name__ == "__main__": main()
