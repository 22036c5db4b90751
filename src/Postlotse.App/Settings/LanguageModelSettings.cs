using System.Net;
using Postlotse.App.Cli;
using Postlotse.App.LanguageModels;

namespace Postlotse.App.Settings;

/// <summary>A language model that unsure letters are shown to; without this section nobody is contacted.</summary>
internal sealed record LanguageModelSettings
{
    /// <summary>Base of the address, to which /chat/completions is added; null only while it is read.</summary>
    public Uri? Url { get; init; }

    /// <summary>Name of the model as its server knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>File with the key for the server; empty: none is needed. Relative paths start in the data folder.</summary>
    public string ApiKeyFile { get; init; } = "";

    /// <summary>Longest time for a letter, 1–60 s.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>Ask only about letters that would not be delivered automatically for want of probability.</summary>
    public bool OnlyWhenUnsure { get; init; } = true;

    /// <summary>Ask also about letters of confidential offices.</summary>
    public bool Confidential { get; init; }

    /// <summary>Reads the section; null when it is missing.</summary>
    public static LanguageModelSettings? Read(SettingsSection section)
    {
        if (section.IsMissing) return null;
        var standard = new LanguageModelSettings();
        var settings = new LanguageModelSettings
        {
            Url = section.Required("url", UrlOf, Texts.Of(TextKey.AllowedLocalUrl)),
            Model = section.Required("model", text => text, Texts.Of(TextKey.AllowedText)) ?? "",
            ApiKeyFile = section.Text("apiKeyFile", standard.ApiKeyFile),
            TimeoutSeconds = section.Whole("timeoutSeconds", standard.TimeoutSeconds, 1, 60),
            OnlyWhenUnsure = section.Truth("onlyWhenUnsure", standard.OnlyWhenUnsure),
            Confidential = section.Truth("confidential", standard.Confidential),
        };
        section.EndOfKeys();
        return settings;
    }

    /// <summary>The key for the server.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <exception cref="CallFailedException">It cannot be read or holds no key.</exception>
    public static string ReadKey(string path)
    {
        try
        {
            var key = File.ReadAllText(path).Trim();
            return key.Length > 0 && key.All(c => c is > ' ' and < '\u007f') ? key
                : throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.LanguageModelNoKey, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnreadable, path, e.Message), e);
        }
    }

    /// <summary>An address that can be one of the own network: names are judged when they are connected to.</summary>
    private static Uri? UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.UserInfo.Length == 0
            && url.Query.Length == 0 && url.Fragment.Length == 0
            && (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) || LocalNetwork.Holds(address)) ? url : null;
}
