using Postlotse.App.Cli;
using Postlotse.Responsibility;

namespace Postlotse.App.Routing;

/// <summary>Reads a letters file, telling every invalid line with its number on standard error.</summary>
internal sealed class LettersFile(string path, Progress progress)
{
    public string Path => path;

    /// <summary>Lines that cannot be used.</summary>
    public int Skipped { get; private set; }

    /// <summary>Letters so far.</summary>
    public int Read { get; private set; }

    /// <summary>The file's letters, read as they are asked for.</summary>
    /// <exception cref="CallFailedException">The file cannot be read.</exception>
    public IEnumerable<(int Line, LabelledLetter Letter)> Letters()
    {
        using var content = Open();
        using var lines = LetterLines.Read(content).GetEnumerator();
        while (MoveNext(lines))
        {
            if (lines.Current is LetterLine.Valid valid)
            {
                Read++;
                yield return (valid.Number, valid.Letter);
            }
            else if (lines.Current is LetterLine.Invalid invalid)
            {
                Skip(invalid.Number, invalid.Problem);
            }
        }
    }

    /// <summary>Counts and tells a line that cannot be used.</summary>
    public void Skip(int line, string problem)
    {
        Skipped++;
        progress.Say(Texts.Of(TextKey.LineInvalid, path, line, problem));
    }

    private FileStream Open()
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }

    private bool MoveNext(IEnumerator<LetterLine> lines)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (IOException e)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }
}
