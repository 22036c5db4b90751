using System.Text.Json;
using Postlotse.Letters;

namespace Postlotse.Engines.Protocol;

/// <summary>What the pool asks a page child, one JSON object a line.</summary>
/// <param name="Id">Repeated by the answer.</param>
/// <param name="Task">What to do.</param>
/// <param name="File">Image to read.</param>
/// <param name="Index">0-based image within a TIFF; 0 elsewhere.</param>
/// <param name="Number">Page number for the answer, 1-based.</param>
/// <param name="Turn">Clockwise turn the file asks viewers for; used when the print does not say itself what is up.</param>
/// <param name="Width">Width of the page as it lies, millimetres; 0: by the image's own resolution.</param>
/// <param name="Height">Height of the page as it lies, millimetres; 0: by the image's own resolution.</param>
/// <param name="Rendered">The image was rendered by us, in the resolution that its picture is to have.</param>
/// <param name="Text">Lines written in the page of a PDF, millimetres on the image; used where the image shows them. Null: none.</param>
/// <param name="TextDoubtful">The text is only used when a reading of the image has about the same letters.</param>
/// <param name="ImageTo">Where the image goes when it cannot stand in the PDF as it is.</param>
/// <param name="PictureResolution">Least dots per inch of a picture in the PDF.</param>
/// <param name="PictureQuality">Quality of its JPEG, 1 to 100.</param>
/// <param name="Rotation">Clockwise turn that brings the image upright as a person says, whatever the print says; null: unknown.</param>
internal sealed record ChildRequest(
    int Id, ChildTask Task, string File, int Index = 0, int Number = 1, int Turn = 0, double Width = 0, double Height = 0,
    bool Rendered = false, string ImageTo = "", IReadOnlyList<TextLine>? Text = null, bool TextDoubtful = false,
    int PictureResolution = 150, int PictureQuality = 80, int? Rotation = null);

/// <summary>Tasks of a page child.</summary>
internal enum ChildTask
{
    /// <summary>How many images the file holds.</summary>
    Count,

    /// <summary>Read one page.</summary>
    Read,
}

/// <summary>What a page child answers. To the pool these are foreign data, see <see cref="AnswerCheck"/>.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Count">Images in the file, for <see cref="ChildTask.Count"/>.</param>
/// <param name="Page">The page, for <see cref="ChildOutcome.Read"/>.</param>
/// <param name="Image">How the page's image goes into the PDF, for <see cref="ChildOutcome.Read"/>.</param>
/// <param name="Suspicious">The image could be decoded, but its data are not in order.</param>
/// <param name="Milliseconds">Time spent.</param>
/// <param name="Detail">Technical cause or number.</param>
/// <param name="CodesUnread">There may be barcodes on the page, but the library that reads them is not installed.</param>
internal sealed record ChildAnswer(
    int Id, ChildOutcome Outcome, int Count = 0, RecognisedPage? Page = null, ChildImage? Image = null, bool Suspicious = false,
    double Milliseconds = 0, string? Detail = null, bool CodesUnread = false);

/// <summary>How a task ended.</summary>
internal enum ChildOutcome
{
    /// <summary>Images were counted.</summary>
    Counted,

    /// <summary>The page was read.</summary>
    Read,

    /// <summary>The bytes cannot be decoded, or end too early.</summary>
    Damaged,

    /// <summary>Of a compression, depth or colour space that nobody reads here.</summary>
    Unsupported,

    /// <summary>More pixels than allowed.</summary>
    TooManyPixels,

    /// <summary>A native function refused although the image was decoded; mostly too little memory.</summary>
    Failed,
}

/// <summary>An image for the PDF.</summary>
/// <param name="Kind">How it is coded.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record ChildImage(ChildImageKind Kind, int Width, int Height);

/// <summary>Codings of images for the PDF.</summary>
internal enum ChildImageKind
{
    /// <summary>The source file itself, a JPEG.</summary>
    SourceJpeg,

    /// <summary>A JPEG made by the child.</summary>
    Jpeg,

    /// <summary>CCITT group 4 made by the child, lossless.</summary>
    FaxGroup4,
}

/// <summary>How messages are written.</summary>
internal static class ChildJson
{
    public static JsonSerializerOptions Options { get; } = new(PostlotseJson.Compact)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
        MaxDepth = 16,
    };
}
