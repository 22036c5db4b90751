"""Separator sheets as the web application prints them: starts it for a moment with a folder of its own, signs in, prints the page."""
import http.cookiejar, pathlib, re, signal, socket, subprocess, tempfile, time, urllib.parse, urllib.request

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]


def print_sheets(program, organisation, target):
    """Writes a PDF of two pages: "here begins a letter", and the cover of a stack; beside it the key that signed them, as sheet.key."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([program, "serve", "--data", folder + "/data", "--org", organisation, "--urls", address, "--demo"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
            get = lambda path, data=None: browser.open(address + path, data).read().decode()
            wait(get)
            form = dict(csrf=re.search(r'name="csrf" value="([^"]+)"', get("/signin"))[1], name="poststelle", password="lotse-demo", back="/")
            get("/signin", urllib.parse.urlencode(form).encode())
            files = [page(get(query), get, pathlib.Path(folder) / f"{i}.html")
                     for i, query in enumerate(["/batches/sheets?kind=Start", "/batches/sheets?kind=Batch&name=Mo-17"])]
            count = sum(int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", f], text=True))[1]) for f in files)
            if count != 2: raise SystemExit(f"two sheets are {count} pages")
            subprocess.run(["pdfunite", *files, str(target)], check=True)
            target.with_name("sheet.key").write_text(pathlib.Path(folder, "data", "keys", "sheet.key").read_text())
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def wait(get):
    for _ in range(300):
        try:
            get("/health")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web application did not start")


def page(text, get, file):
    """One page as the browser prints it, with the application's styles put into it: others may not take them from there."""
    if 'class="separator"' not in text: raise SystemExit("the application shows no sheet")
    text = re.sub(r'<link rel="stylesheet" href="([^"]+)" ?/?>', lambda link: f"<style>{get(link[1])}</style>", text)
    file.write_text(re.sub(r"<script.*?</script>", "", text, flags=re.S), "utf8")
    pdf = file.with_suffix(".pdf")
    subprocess.run([*CHROMIUM, f"--user-data-dir={file.parent}/chrome", f"--print-to-pdf={pdf}", file.as_uri()], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return str(pdf)
