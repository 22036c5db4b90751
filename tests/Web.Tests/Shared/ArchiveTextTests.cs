using System.Diagnostics;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Shared;

/// <summary>The archived PDF says the same to programs that have nothing in common.</summary>
public sealed class ArchiveTextTests
{
    private const string TextByPdfJs = """
        async data => {
          const assets = document.documentElement.outerHTML.match(/\/assets\/[^\/]+\//)[0];
          const lib = new URL(assets + 'lib/pdfjs/', location.href).href;
          const pdfjs = await import(lib + 'pdf.min.mjs');
          pdfjs.GlobalWorkerOptions.workerSrc = lib + 'pdf.worker.min.mjs';
          const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
          const file = await pdfjs.getDocument({ data: bytes, wasmUrl: lib + 'wasm/' }).promise;
          const pages = [];
          for (let n = 1; n <= file.numPages; n++) {
            const { items } = await (await file.getPage(n)).getTextContent();
            pages.push(items.map(i => i.str + (i.hasEOL ? ' ' : '')).join(''));
          }
          return pages.join(' ');
        }
        """;

    [Fact]
    public async Task PdfJsAndPoppler_ReadTheSameWordsInTheSameOrder()
    {
        await using var app = await TestApp.StartAsync();
        await using var visitor = await Visitor.ComeAsync(app);
        await visitor.Page.GotoAsync("/");
        var file = Corpus.PathOf("archive.pdf");

        var browser = await visitor.Page.EvaluateAsync<string>(TextByPdfJs, Convert.ToBase64String(await File.ReadAllBytesAsync(file)));
        var poppler = await PopplerAsync(file);

        Assert.True(Words(poppler).Length > 100, poppler);
        Assert.Equal(Words(poppler), Words(browser));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> PopplerAsync(string file)
    {
        using var tool = Process.Start(new ProcessStartInfo("pdftotext", ["-raw", file, "-"])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        var text = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return text.Replace("\f", " ", StringComparison.Ordinal);
    }
}
