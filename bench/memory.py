"""Part "memory" of bench/run: whether the memory of `serve` stays where it is over thousands of pages."""
import collections, pathlib, sys, tempfile, threading, time

import notes

ROUND, STACK, SMALL = 100, 50, 10  # pages; a round is one stack and small files for the rest
LONGEST = 600  # seconds for a round


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
                print("  {} pages: service {:.0f} MB, children {:.0f} MB".format((n + 1) * ROUND, *(s / 1e6 for s in samples[-1])),
                      file=sys.stderr, flush=True)
        except KeyboardInterrupt: print("interrupted")
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
    tenths = [samples[len(samples) * n // 10:len(samples) * (n + 1) // 10] for n in range(10)]
    print(f"\n{what}; peaks of every {ROUND} pages, MB\n\n| tenth | service, mean | highest | children, mean | highest |\n|---|---|---|---|---|")
    means = []
    for n, tenth in enumerate(tenths, 1):
        service, children = ([s[i] / 1e6 for s in tenth] for i in (0, 1))
        means.append((sum(service) / len(service), sum(children) / len(children)))
        print(f"| {n} | {means[-1][0]:.0f} | {max(service):.0f} | {means[-1][1]:.0f} | {max(children):.0f} |")
    for i, name in enumerate(("service", "children")):
        print(f"{name}: last tenth {100 * (means[-1][i] / means[1][i] - 1):+.1f} % against the second")  # the first warms up


class Watch:
    """The highest memory of a process itself and of its children since it was last asked."""

    def __init__(self, pid, tree):
        self.pid, self.members, self.pss, self.ended = pid, tree.members, tree.pss, threading.Event()
        self.peaks = collections.Counter()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(1):
            members = self.members(self)
            self.peaks["service"] = max(self.peaks["service"], self.pss(self.pid))
            self.peaks["children"] = max(self.peaks["children"], sum(map(self.pss, members[1:])))

    def take(self):
        peaks, self.peaks = self.peaks, collections.Counter()
        return peaks["service"], peaks["children"]

    def stop(self): self.ended.set(); self.thread.join()
