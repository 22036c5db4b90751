#!/bin/sh
# Renews the browser libraries in src/Postlotse.Web/wwwroot/lib from npm. Needs npm; nothing of it is needed at run time.
# Usage: dev/update-web-libs.sh   (change the versions here, run, look at the pages, commit)
set -eu
htmx=2.0.11
kern=2.7.2
pdfjs=5.6.205

root=$(cd "$(dirname "$0")/.." && pwd)
lib="$root/src/Postlotse.Web/wwwroot/lib"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
npm pack --silent "htmx.org@$htmx" "@kern-ux/native@$kern" "pdfjs-dist@$pdfjs"
unpack() { mkdir "$1" && tar -xzf "$2" -C "$1" --strip-components=1; }
unpack htmx "htmx.org-$htmx.tgz"
unpack kern "kern-ux-native-$kern.tgz"
unpack pdfjs "pdfjs-dist-$pdfjs.tgz"

rm -rf "$lib/htmx" "$lib/kern" "$lib/pdfjs"
mkdir -p "$lib/htmx" "$lib/kern/fonts" "$lib/pdfjs/wasm"
cp htmx/dist/htmx.min.js htmx/LICENSE "$lib/htmx/"
cp kern/dist/kern.min.css kern/LICENSE.md "$lib/kern/"
for weight in Regular Medium SemiBold Bold; do
    cp "kern/dist/fonts/fira-sans/FiraSans-$weight.woff2" "$lib/kern/fonts/"
done
cp pdfjs/build/pdf.min.mjs pdfjs/build/pdf.worker.min.mjs pdfjs/LICENSE "$lib/pdfjs/"
cp pdfjs/wasm/jbig2.wasm pdfjs/wasm/qcms_bg.wasm pdfjs/wasm/LICENSE_JBIG2 pdfjs/wasm/LICENSE_PDFJS_JBIG2 \
    pdfjs/wasm/LICENSE_QCMS pdfjs/wasm/LICENSE_PDFJS_QCMS "$lib/pdfjs/wasm/"
find "$lib" -type f -exec chmod 644 {} +

cat > "$lib/README.md" <<EOF
# Browser libraries
Copied from npm by \`dev/update-web-libs.sh\`; not changed by hand. Only the files that the pages load.

| Folder | npm package | Version | Licence |
|---|---|---|---|
| htmx | htmx.org | $htmx | 0BSD |
| kern | @kern-ux/native (with Fira Sans, OFL-1.1) | $kern | EUPL-1.2 |
| pdfjs | pdfjs-dist (with wasm builds of PDFium's JBIG2 decoder and of qcms) | $pdfjs | Apache-2.0 (wasm: BSD-3-Clause, MIT) |
EOF
