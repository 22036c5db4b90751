"""The measurements behind bench/run: each part prints lines of a table; every figure comes from a command run here and now."""
import argparse, collections, json, os, pathlib, re, resource, shutil, signal, socket, sqlite3, subprocess, sys, tempfile, threading, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
CITY = ROOT / "data/cities/lindenfurt"
sys.path.insert(0, str(ROOT / "bench"))
sys.dont_write_bytecode = True
from hostile import measure as hard  # noqa: E402
from memory import memory  # noqa: E402
PROGRAM = os.environ["POSTLOTSE"]
ONE_THREAD = dict(os.environ, OMP_THREAD_LIMIT="1")
UNDERWAY = "Underway"  # as Letters/Letter.cs names the place


class Tree:
    """Samples the memory of a process and all its children: proportional set size, so that shared pages count once."""

    def __init__(self, pid):
        self.pid, self.peak, self.ended = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(0.25):
            self.peak = max(self.peak, sum(map(self.pss, self.members())))

    def members(self):
        children = collections.defaultdict(list)
        for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try: text = status.read_text()
            except OSError: continue
            children[int(text.rsplit(")", 1)[1].split()[1])].append(int(text.split(" ", 1)[0]))
        found, todo = [], [self.pid]
        while todo: p = todo.pop(); found.append(p); todo += children[p]
        return found

    @staticmethod
    def pss(pid, what="Pss"):
        try: text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError: return 0
        found = re.search(rf"^{what}:\s+(\d+)", text, re.M)
        return int(found.group(1)) * 1024 if found else 0

    def stop(self): self.ended.set(); self.thread.join(); return self.peak


def timed(command, env=None, sampled=True, **more):
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    tree = Tree(process.pid) if sampled else None
    _, errors = process.communicate()
    if process.returncode not in (0, 1): sys.exit(f"{command[0]} ended with {process.returncode}: {errors.decode()[-800:]}")
    return time.monotonic() - start, tree.stop() if tree else 0


def in_pairs(commands, env):
    """Runs commands two at a time, as two cores allow; returns seconds."""
    start = time.monotonic(); todo = list(commands); running = []
    while todo or running:
        while todo and len(running) < 2:
            running.append(subprocess.Popen(todo.pop(0), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        time.sleep(0.01)
        running = [p for p in running if p.poll() is None]
    return time.monotonic() - start


def characters_missed(truth, folder):
    out = subprocess.run(["/usr/bin/python3", ROOT / "bench/tools/cer.py", truth, folder], capture_output=True, text=True, check=True).stdout
    return out.strip()


def printed(line): return float(re.search(r"CER ([\d.]+)", line).group(1)) * 100


def page_count(pdf): return int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", pdf], text=True)).group(1))


def megabytes_of_pdfs(folder): return f"{sum(f.stat().st_size for f in folder.glob('*.pdf')) / 1e6:.1f} MB"


def row(*cells): print("| " + " | ".join(str(c) for c in cells) + " |", flush=True)


def ocr(scans):
    """Pages a minute and characters missed: this program, the bare engine, OCRmyPDF; the same files, one run."""
    files = sorted(scans.glob("*.pdf"))
    names = {f.stem for f in files}
    pages = sum(map(page_count, files))
    print(f"\n{len(files)} letters, {pages} pages\n")
    row("way", "pages/min", "characters missed, printed", "size of the PDFs", "peak memory")
    row(*["---"] * 5)
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t)
        truth = t / "truth.jsonl"
        truth.write_text("".join(l for l in (scans / "truth.jsonl").open() if json.loads(l)["id"] in names))
        process = [PROGRAM, "process", scans, "--org", CITY / "organisation.json", "--out"]
        # Memory in a run of its own: sampling it takes a tenth of the time, and the bare engine is not sampled.
        seconds, _ = timed([*process, t / "own"], sampled=False)
        _, peak = timed([*process, t / "again"])
        own = characters_missed(truth, t / "own")
        row("postlotse process", f"{pages / seconds * 60:.0f}", f"{printed(own):.2f} %", megabytes_of_pdfs(t / "own"), f"{peak / 1e6:.0f} MB")
        seconds, bare = tesseract(files, truth, t)
        row("tesseract, two at once", f"{pages / seconds * 60:.0f}", f"{printed(bare):.2f} %", "–", "–")
        seconds, peak, other = ocrmypdf(files, truth, t / "ocrmypdf")
        row("OCRmyPDF --deskew --rotate-pages", f"{pages / seconds * 60:.0f}", f"{printed(other):.2f} %",
            megabytes_of_pdfs(t / "ocrmypdf"), f"{peak / 1e6:.0f} MB")
    print("\nin detail\n  postlotse: " + own + "\n  tesseract: " + bare + "\n  OCRmyPDF:  " + other)


def tesseract(files, truth, folder):
    """The bare engine over the scans' own images; taking them out of the PDFs is not counted."""
    for f in files: subprocess.run(["pdfimages", "-all", f, folder / f"{f.stem}#"], check=True)
    seconds = in_pairs([["tesseract", str(i), str(i.with_suffix("")), "-l", "deu"] for i in sorted(folder.glob("*#*.*"))], ONE_THREAD)
    out = folder / "bare"
    out.mkdir()
    for f in files: (out / f"{f.stem}.txt").write_text("\n".join(x.read_text() for x in sorted(folder.glob(f"{f.stem}#*.txt"))))
    return seconds, characters_missed(truth, out)


def ocrmypdf(files, truth, out):
    out.mkdir()
    total = peak = 0
    for f in files:
        command = ["ocrmypdf", "--jobs", "2", "--deskew", "--rotate-pages", "-l", "deu", "--sidecar", out / f"{f.stem}.txt"]
        seconds, memory = timed([*command, f, out / f"{f.stem}.pdf"])
        total, peak = total + seconds, max(peak, memory)
    return total, peak, characters_missed(truth, out)


def route(_):
    with tempfile.TemporaryDirectory() as t:
        out = pathlib.Path(t) / "decisions.jsonl"
        letters = ["--in", CITY / "letters.jsonl", "--out", out]
        seconds, peak = timed([PROGRAM, "route", "--org", CITY / "organisation.json", *letters])
        ms = sorted(json.loads(l)["milliseconds"] for l in out.open())
        print(f"\nroute: {len(ms)} letters in {seconds:.2f} s with start; {ms[len(ms) // 2]:.2f} ms a letter (median), "
              f"{ms[int(len(ms) * .99)]:.2f} ms (99 %); peak {peak / 1e6:.0f} MB")


class Server:
    """`postlotse serve` on a free port with its data in a folder of its own."""

    def __init__(self, data):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.data, self.log, started = data, data.parent / "serve.log", time.monotonic()
        where = ["--data", data, "--urls", f"http://127.0.0.1:{self.port}", "--org", CITY / "organisation.json"]
        self.process = subprocess.Popen([PROGRAM, "serve", *where], stdout=subprocess.DEVNULL, stderr=self.log.open("ab"))
        while not self.healthy():
            if self.process.poll() is not None: sys.exit("serve ended: " + self.log.read_text()[-800:])
            time.sleep(0.01)
        self.answered = time.monotonic() - started

    def healthy(self):
        try: return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1).status == 200
        except OSError: return False

    def stop(self, hard=False):
        self.process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
        self.process.wait()

    def sql(self, text):
        with sqlite3.connect(f"file:{self.data / 'postlotse.db'}?mode=ro", uri=True, timeout=20) as c: return c.execute(text).fetchall()

    def deliver(self, name, content):
        """As a scanner should: under another name first, then renamed."""
        temporary = self.data / "intake" / (name + ".tmp")
        temporary.write_bytes(content)
        temporary.rename(self.data / "intake" / name)


def written(_):
    """The same pages as PDFs that were never paper and as pictures of them: seconds of all processors, start included."""
    lines = "Sehr geehrte Damen und Herren, ich bitte um Prüfung der Gebühr für die Fläche vor meinem Haus. " * 30
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t); (t / "pdf").mkdir(); (t / "png").mkdir()
        (t / "letter.html").write_text(f"<meta charset=utf-8><style>@page{{size:A4;margin:25mm}}</style><p>{lines}</p>")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={t}/letter.pdf",
                        f"{t}/letter.html"], check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", t / "letter.pdf", t / "letter"], check=True)
        took = {}
        for kind in ("pdf", "png", "pdf", "png"):
            for i in range(20): shutil.copy(t / f"letter.{kind}", t / kind / f"{i}.{kind}")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            timed([PROGRAM, "process", t / kind, "--org", CITY / "organisation.json", "--out", t / ("out-" + kind)])
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took.setdefault(kind, []).append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"\n20 pages: written text {min(took['pdf']):.1f} s, read from pictures {min(took['png']):.1f} s of processor time")


def start(_):
    with tempfile.TemporaryDirectory() as t:
        seconds = []
        for _ in range(5):
            server = Server(pathlib.Path(t) / "data")
            seconds.append(server.answered)
            server.stop()
        print(f"\nserve answers after {seconds[0]:.2f} s at its first start, {sorted(seconds[1:])[2]:.2f} s (median) later")


def way(scans):
    """From the file complete in the watched folder to the letter in a Postkorb or in clearing, one page, idle machine."""
    with tempfile.TemporaryDirectory() as t:
        server, took = Server(pathlib.Path(t) / "data"), []
        time.sleep(5)
        for f in [f for f in sorted(scans.glob("*.pdf")) if page_count(f) == 1][:5]:
            server.deliver(f.name, f.read_bytes())
            begun = time.monotonic()
            while not server.sql(f"select 1 from letter where source_name='{f.name}' and place<>'{UNDERWAY}'"): time.sleep(0.05)
            took.append(time.monotonic() - begun)
        server.stop()
        print(f"\nfrom file complete to its place: {', '.join(f'{x:.1f}' for x in took)} s (one-page letters)")


def thousands(scans, count):
    """Many letters through the watched folder, the program killed in between; every copy is made different by a trailing comment."""
    files = [f for f in sorted(scans.glob("*.pdf")) if page_count(f) == 1]
    with tempfile.TemporaryDirectory() as t:
        data = pathlib.Path(t) / "data"
        server, begun = Server(data), time.monotonic()
        for n in range(count): server.deliver(f"{n:05d}.pdf", files[n % len(files)].read_bytes() + f"\n% copy {n}\n".encode())
        tree, peak, kills, last, reported = Tree(server.process.pid), 0, 0, time.monotonic(), 0.0
        while True:
            time.sleep(1)
            (arrived,), = server.sql(f"select count(*) from letter where place<>'{UNDERWAY}'")
            if arrived >= count and not list((data / "intake").glob("*.pdf")): break
            if time.monotonic() - last > max(60, count / 8):
                server.stop(hard=True)
                peak, server = max(peak, tree.stop()), Server(data)
                tree, kills, last = Tree(server.process.pid), kills + 1, time.monotonic()
            if time.monotonic() - reported > 30:
                reported = time.monotonic()
                print(f"  {arrived} of {count}, {kills} kills", file=sys.stderr, flush=True)
        seconds, peak = time.monotonic() - begun, max(peak, tree.stop())
        (letters, sources), = server.sql("select count(*), count(distinct source_sha256) from letter")
        (receipts,), = server.sql("select count(*) from receipt")
        (underway,), = server.sql(f"select count(*) from letter where place='{UNDERWAY}'")
        (failed,), = server.sql("select count(*) from letter where state like '%stageFailed%'")
        server.stop()
        checked = subprocess.run([PROGRAM, "verify", data], capture_output=True, text=True).returncode
        print(f"\n{count} files, {kills} kills: {letters} letters of {sources} different files, {receipts} receipts, "
              f"{underway} underway, {failed} given up; {seconds / 60:.1f} min, {count / seconds * 60:.0f} letters a minute; "
              f"peak memory {peak / 1e6:.0f} MB; verify ended with {checked}")
        if (letters, sources, receipts, underway, checked) != (count, count, count, 0, 0): sys.exit("letters lost or doubled")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scans", type=pathlib.Path, default=CITY / "scans")
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--files", type=int, default=520)
    parser.add_argument("--pages", type=int, default=10000)
    parser.add_argument("--only", default="ocr,route,start,way")
    options = parser.parse_args()
    parts = dict(ocr=ocr, route=route, written=written, start=start, way=way, thousands=lambda scans: thousands(scans, options.letters),
                 hostile=lambda _: hard.hostile(PROGRAM, CITY, Tree, options.files),
                 memory=lambda _: memory(Server, Tree, CITY / "further-letters.jsonl", options.pages))
    print(f"{os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}")
    names = options.only.split(",")
    if unknown := [n for n in names if n not in parts]: parser.error(f"no part {', '.join(unknown)}; there are {', '.join(parts)}")
    for name in names: parts[name](options.scans)


main()
