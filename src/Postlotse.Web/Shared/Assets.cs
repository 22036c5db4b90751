using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Postlotse.Web.Shared;

/// <summary>
/// Scripts, styles, fonts: embedded in the assembly, served below a folder that carries the hash of them all. So scripts can import
/// each other by relative address, and a browser may keep everything for ever.
/// </summary>
public sealed class Assets
{
    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".wasm"] = "application/wasm",
    };

    private readonly FrozenDictionary<string, Asset> _assets;

    public Assets()
    {
        var assets = new SortedDictionary<string, Asset>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in typeof(Assets).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith("wwwroot/", StringComparison.Ordinal)) continue;
            var bytes = Read(name);
            hash.AppendData(SHA256.HashData(bytes));
            assets[name["wwwroot/".Length..]] = new(bytes, s_types.GetValueOrDefault(Path.GetExtension(name), "text/plain; charset=utf-8"));
        }

        _assets = assets.ToFrozenDictionary(StringComparer.Ordinal);
        Prefix = "/assets/" + Convert.ToHexStringLower(hash.GetHashAndReset())[..12] + "/";
    }

    /// <summary>Begins with "/assets/" and ends with "/".</summary>
    public string Prefix { get; }

    public string this[string path] =>
        _assets.ContainsKey(path) ? Prefix + path : throw new ArgumentException("no asset " + path, nameof(path));

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{version}/{**path}", (string version, string path, HttpContext http) => Serve(version, path, http))
            .AllowAnonymous();

    private IResult Serve(string version, string path, HttpContext http)
    {
        if (!_assets.TryGetValue(path, out var asset)) return Results.NotFound();
        var current = string.Equals(Prefix, "/assets/" + version + "/", StringComparison.Ordinal);
        http.Response.Headers.CacheControl = current ? "public, max-age=31536000, immutable" : "no-store";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!asset.IsText || !http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return Results.Bytes(asset.Bytes, asset.ContentType);
        http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.ContentType);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class Asset(byte[] bytes, string contentType)
    {
        private readonly Lazy<byte[]> _brotli = new(() => Compress(bytes));

        public byte[] Bytes => bytes;

        public string ContentType => contentType;

        public bool IsText =>
            contentType.StartsWith("text/", StringComparison.Ordinal) || contentType is "image/svg+xml" or "application/wasm";

        public byte[] Brotli => _brotli.Value;

        private static byte[] Compress(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true))
                brotli.Write(bytes);
            return target.ToArray();
        }
    }
}
