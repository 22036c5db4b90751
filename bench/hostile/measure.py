"""Part "hostile" of bench/run."""
import pathlib, subprocess, sys, tempfile, time

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
