"""Part "memory" of bench/run: whether the memory of `serve` stays where it is over thousands of pages."""
import pathlib, sys, tempfile, threading, time

import notes

ROUND, STACK, SMALL = 100, 50, 10  # pages; a round is one stack and small files for the rest
LONGEST = 600  # seconds for a round
COLUMNS = ("service", "of it not in files", "children")


def memory(server, tree, letters, pages):
    """
    Pages of short letters through `serve`: memory of the service itself and of its children in each tenth of the way. Interrupted, it
    reports as far as it came.
    """
    large, small = notes.stacks(letters, STACK // 2), notes.stacks(letters, SMALL // 2)
    with tempfile.TemporaryDirectory() as t:
        running, begun, samples = server(pathlib.Path(t) / "data"), time.monotonic(), []
        watch = Watch(running.process.pid, tree)
        each = (ROUND - STACK) // SMALL
        try:
            for n in range(pages // ROUND):
                files = [large[n % len(large)], *(small[(n * each + i) % len(small)] for i in range(each))]
                for i, content in enumerate(files): running.deliver(f"{n:04d}-{i}.pdf", content + f"\n% copy {n}\n".encode())
                wait(running, len(files) * (n + 1))
                samples.append(watch.take())
                now = ", ".join(f"{name} {mb:.0f} MB" for name, mb in zip(COLUMNS, samples[-1]))
                print(f"  {(n + 1) * ROUND} pages: {now}", file=sys.stderr, flush=True)
        except KeyboardInterrupt: pass
        seconds = time.monotonic() - begun
        (letters, delivered), = running.sql("select sum(place<>'Divided'), sum(place='Postkorb') from letter")
        watch.stop()
        running.stop()
    report(samples, f"{len(samples) * ROUND} pages, {letters} letters, {delivered} of them delivered, in {seconds / 60:.1f} min")


def wait(running, files):
    """Until all files have arrived and nothing of them is underway."""
    end = time.monotonic() + LONGEST
    while running.sql("select count(distinct source_sha256), sum(place='Underway') from letter") != [(files, 0)]:
        if time.monotonic() > end: sys.exit("a round takes longer than ten minutes; see " + str(running.log))
        time.sleep(0.2)


def report(samples, what):
    parts = min(10, len(samples))
    tenths = [samples[len(samples) * n // parts:len(samples) * (n + 1) // parts] for n in range(parts)]
    print(f"\n{what}; peaks of every {ROUND} pages, mean (highest), MB\n\n| tenth | {' | '.join(COLUMNS)} |\n|---|---|---|---|")
    means = [[sum(values) / len(values) for values in zip(*tenth)] for tenth in tenths]
    for n, tenth in enumerate(tenths):
        print(f"| {n + 1} | " + " | ".join(f"{mean:.0f} ({max(values):.0f})" for mean, values in zip(means[n], zip(*tenth))) + " |")
    for name, second, last in zip(COLUMNS, *means[1:2], means[-1]) if parts == 10 else ():
        print(f"{name}: last tenth {100 * (last / second - 1):+.1f} % against the second")  # the first warms up


def command(pid):
    try: return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError: return b""


class Watch:
    """
    The highest memory, MB, of a process itself and of its children since it was last asked. Pages of programs count by share, so less
    while other processes use the same ones; what is not in files does not depend on them.
    """

    def __init__(self, pid, tree):
        self.pid, self.members, self.pss, self.ended, self.peaks = pid, tree.members, tree.pss, threading.Event(), (0, 0, 0)
        self.command = command(pid)
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(1):
            # A child that has not become its own program yet has the service's memory.
            children = sum(self.pss(child) for child in self.members(self)[1:] if command(child) != self.command)
            now = self.pss(self.pid), self.pss(self.pid, "Pss_Dirty"), children
            self.peaks = tuple(map(max, self.peaks, (n / 1e6 for n in now)))

    def take(self):
        peaks, self.peaks = self.peaks, (0, 0, 0)
        return peaks

    def stop(self): self.ended.set(); self.thread.join()
