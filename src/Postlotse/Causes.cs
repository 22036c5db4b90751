using System.Diagnostics;

namespace Postlotse;

/// <summary>Exceptions in words that may be logged and kept: where and what kind, not the message, which may quote a letter.</summary>
internal static class Causes
{
    public static string Of(Exception exception)
    {
        var method = new StackTrace(exception).GetFrames()
            .Select(frame => frame.GetMethod()).FirstOrDefault(m => m?.DeclaringType is not null);
        var place = method is null ? "" : $" in {method.DeclaringType!.FullName}.{method.Name}";
        var inner = exception.InnerException is { } cause ? " <- " + cause.GetType().Name : "";
        return exception.GetType().Name + inner + place;
    }

    /// <summary>Of the database or the disk, whose messages name tables and paths only.</summary>
    public static string OfStore(Exception exception) => exception.GetType().Name + ": " + exception.Message;
}
