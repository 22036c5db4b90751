"""Parts "hostile" and "memory" of bench/run."""
import collections, pathlib, subprocess, sys, tempfile, threading, time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import judge  # noqa: E402


def hostile(program, city, tree, files, seed=1):
    """Hostile files through `process`, all in one run: a crash of the program would end all of them."""
    with tempfile.TemporaryDirectory() as t:
        folder, out = pathlib.Path(t) / "files", pathlib.Path(t) / "out"
        subprocess.run(["/usr/bin/python3", HERE / "make.py", folder, "--files", str(files), "--seed", str(seed)], check=True)
        before, begun = judge.hashes(folder), time.monotonic()
        process = subprocess.Popen([program, "process", folder, "--org", city / "organisation.json", "--out", out],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        memory = tree(process.pid)
        _, errors = process.communicate()
        peak, seconds = memory.stop(), time.monotonic() - begun
        if process.returncode not in (0, 1): sys.exit(f"the program ended with {process.returncode}: {errors.decode()[-800:]}")
        ends, wrong, times = judge.judge(folder, out, before)
        unclear = sum("no clear end" in w for w in wrong)
        print(f"\n{len(before)} files in {seconds / 60:.1f} min: {ends['letters']} ended as letters, "
              f"{len(before) - ends['letters'] - unclear} with a reason, {unclear} without a clear end, 0 crashes; "
              f"{len(wrong) - unclear} with a reason that does not fit or a changed file; "
              f"longest of a letter {max(times.values()) / 1000:.1f} s; peak memory {peak / 1e6:.0f} MB\n")
        for kind, count in ends.most_common(): print(f"  {count:4} {kind}")
        for sentence in wrong: print("  ! " + sentence)
        if wrong: sys.exit(1)


def memory(server, tree, scans, pages, per_file=50):
    """Many pages through `serve`: memory of the service and of its children at each tenth, and how the last half differs from the first."""
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t)
        stack = t / "stack.pdf"
        sources = sorted(scans.glob("*.pdf"))
        subprocess.run(["qpdf", "--empty", "--pages", *sources * 3, "--", t / "all.pdf"], check=True)
        subprocess.run(["qpdf", t / "all.pdf", "--pages", ".", f"1-{per_file}", "--", stack], check=True)
        running, begun, samples, content = server(t / "data"), time.monotonic(), [], stack.read_bytes()
        watch = Watch(running.process.pid, tree)
        for n in range(pages // per_file):
            running.deliver(f"{n:05d}.pdf", content + f"\n% copy {n}\n".encode())
            while not running.sql(f"select 1 from letter where source_name='{n:05d}.pdf' and place<>'Underway'"): time.sleep(0.2)
            samples.append(((n + 1) * per_file, *watch.take()))
            print("  {} pages: service {:.0f} MB, children {:.0f} MB".format(samples[-1][0], samples[-1][1] / 1e6, samples[-1][2] / 1e6),
                  file=sys.stderr, flush=True)
        watch.stop()
        running.stop()
        seconds = time.monotonic() - begun
        print(f"\n{samples[-1][0]} pages in {seconds / 60:.1f} min; peak between two files, MB\n")
        print("| pages | service | children |\n|---|---|---|")
        step = max(1, len(samples) // 10)
        for count, service, children in samples[step - 1::step]: print(f"| {count} | {service / 1e6:.0f} | {children / 1e6:.0f} |")
        for what, column in (("service", 1), ("children", 2)):
            values = [s[column] for s in samples[max(1, len(samples) // 10):]]  # the first tenth loads and warms up
            half = len(values) // 2
            first, last = sum(values[:half]) / half, sum(values[-half:]) / half
            print(f"{what}: second half {100 * (last / first - 1):+.1f} % against the first")


class Watch:
    """The highest memory of a process itself and of its children since it was last asked."""

    def __init__(self, pid, tree):
        self.pid, self.members, self.pss, self.ended = pid, tree.members, tree.pss, threading.Event()
        self.peaks = collections.Counter()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(0.5):
            members = self.members(self)
            self.peaks["service"] = max(self.peaks["service"], self.pss(self.pid))
            self.peaks["children"] = max(self.peaks["children"], sum(map(self.pss, members[1:])))

    def take(self):
        peaks, self.peaks = self.peaks, collections.Counter()
        return peaks["service"], peaks["children"]

    def stop(self): self.ended.set(); self.thread.join()
