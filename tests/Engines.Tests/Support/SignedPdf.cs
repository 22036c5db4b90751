using System.Globalization;
using System.Text;

namespace Engines.Tests.Support;

/// <summary>A signed PDF: bytes around a gap, the signature of them in the gap, made by openssl with a certificate of the moment.</summary>
internal static class SignedPdf
{
    private const int Gap = 8192;

    public static async Task<byte[]> CreateAsync(Folder folder, string signer)
    {
        var pdf = new WrittenPdf { Catalog = "/AcroForm<</Fields[6 0 R]/SigFlags 3>>", Page = "/Annots[6 0 R]" }
            .Print(70, 640, "Hiermit beantrage ich die Auszahlung und bitte um Nachricht, wenn es nicht geht.");
        pdf.Further.Add("<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/V 7 0 R/Rect[0 0 0 0]/P 4 0 R/F 132>>");
        pdf.Further.Add("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 aaaaaaaaaa bbbbbbbbbb cccccccccc]" +
            "/Contents<" + new string('0', Gap) + ">>>");
        var text = Encoding.Latin1.GetString(pdf.ToBytes());
        var start = text.IndexOf("/Contents<0", StringComparison.Ordinal) + "/Contents".Length;
        var end = start + Gap + 2;
        text = text.Replace("aaaaaaaaaa", Padded(start), StringComparison.Ordinal)
            .Replace("bbbbbbbbbb", Padded(end), StringComparison.Ordinal)
            .Replace("cccccccccc", Padded(text.Length - end), StringComparison.Ordinal);
        var signature = Convert.ToHexString(await SignAsync(folder, Encoding.Latin1.GetBytes(text[..start] + text[end..]), signer));
        return Encoding.Latin1.GetBytes(text[..(start + 1)] + signature.PadRight(Gap, '0') + text[(end - 1)..]);
    }

    private static string Padded(int number) => number.ToString(CultureInfo.InvariantCulture).PadRight(10);

    private static async Task<byte[]> SignAsync(Folder folder, byte[] bytes, string signer)
    {
        var (key, certificate) = (folder.File("key"), folder.File("certificate"));
        var (data, signature) = (folder.Write("data", bytes), folder.File("cms"));
        await Tool.OutputAsync(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-utf8", "-days", "9", "-subj", "/CN=" + signer, "-keyout", key,
            "-out", certificate);
        await Tool.OutputAsync(
            "openssl", "cms", "-sign", "-binary", "-md", "sha256", "-in", data, "-signer", certificate, "-inkey", key, "-outform", "DER",
            "-out", signature);
        return await Folder.BytesAsync(signature);
    }
}
