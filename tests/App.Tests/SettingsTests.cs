using System.Globalization;
using Postlotse.App.Cli;
using Postlotse.App.Settings;
using Xunit;

namespace Postlotse.App.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{ /* comment */ \"intake\": {}, }")]
    [InlineData("{\"recognition\":{\"workers\":null}}")]
    [InlineData(SettingsFile.Initial)]
    public void WhatIsMissing_HasItsDefault(string json) => Assert.Equivalent(new ServerSettings(), SettingsFile.Parse(json, "x"), true);

    [Fact]
    public void EverySetting_IsRead()
    {
        var settings = SettingsFile.Parse(
            """
            {
              "organisation": "stadt.json", "autoThreshold": 0.95, "retentionDays": 365,
              "database": { "provider": "postgresql", "connection": "Host=db" },
              "intake": {
                "folder": "/scan", "afterwards": "delete", "archive": "/done", "quietSeconds": 5, "scanSeconds": 2, "maxFileMegabytes": 50
              },
              "recognition": { "languages": "deu+eng", "workers": 3, "maxPages": 10, "maxMegapixels": 40, "pageSeconds": 30,
                "pictureResolution": 300, "pictureQuality": 90 },
              "separation": { "by": "sheets", "patchCodes": ["III"], "unsignedSheets": true, "code128": ["NEU"],
                "sureBelow": 0.2, "sureAbove": 0.8 },
              "languageModel": {
                "url": "http://ollama.example:11434/v1", "model": "small", "apiKeyFile": "key", "timeoutSeconds": 5,
                "onlyWhenUnsure": false, "confidential": true
              }
            }
            """,
            "x");
        Assert.Equivalent(
            new ServerSettings
            {
                Organisation = "stadt.json",
                AutoThreshold = 0.95, RetentionDays = 365,
                Database = new() { Provider = DatabaseKind.Postgresql, Connection = "Host=db" },
                Intake = new()
                {
                    Folder = "/scan", Afterwards = Afterwards.Delete, Archive = "/done", QuietSeconds = 5, ScanSeconds = 2,
                    MaxFileMegabytes = 50,
                },
                Recognition = new()
                {
                    Languages = "deu+eng", Workers = 3, MaxPages = 10, MaxMegapixels = 40, PageSeconds = 30, PictureResolution = 300,
                    PictureQuality = 90,
                },
                Separation = new()
                {
                    ByContent = false, PatchCodes = ["III"], UnsignedSheets = true, Code128 = ["NEU"], SureBelow = 0.2, SureAbove = 0.8,
                },
                LanguageModel = new()
                {
                    Url = new("http://ollama.example:11434/v1"), Model = "small", ApiKeyFile = "key", TimeoutSeconds = 5,
                    OnlyWhenUnsure = false, Confidential = true,
                },
            },
            settings, strict: true);
    }

    [Theory]
    [InlineData("{\"autoThreshold\":2}", "autoThreshold")]
    [InlineData("{\"autoThreshold\":\"0.9\"}", "autoThreshold")]
    [InlineData("{\"intake\":{\"afterwards\":\"burn\"}}", "intake.afterwards")]
    [InlineData("{\"intake\":{\"folder\":\"\"}}", "intake.folder")]
    [InlineData("{\"intake\":[]}", "intake")]
    [InlineData("{\"recognition\":{\"workers\":0}}", "recognition.workers")]
    [InlineData("{\"recognition\":{\"maxPages\":1.5}}", "recognition.maxPages")]
    [InlineData("{\"database\":{\"provider\":\"postgresql\"}}", "database.connection")]
    [InlineData("{\"database\":{\"provider\":\"oracle\"}}", "database.provider")]
    [InlineData("{\"languageModel\":{}}", "languageModel.url")]
    [InlineData("{\"languageModel\":{\"url\":\"http://10.0.0.5/v1\"}}", "languageModel.model")]
    [InlineData("{\"languageModel\":{\"url\":\"ollama\",\"model\":\"m\"}}", "languageModel.url")]
    [InlineData("{\"languageModel\":{\"url\":\"http://a:b@10.0.0.5\",\"model\":\"m\"}}", "languageModel.url")]
    [InlineData("{\"languageModel\":{\"url\":\"http://203.0.113.5/v1\",\"model\":\"m\"}}", "203.0.113.5")]
    [InlineData("{\"languageModel\":{\"url\":\"http://[2001:db8::1]/v1\",\"model\":\"m\"}}", "2001:db8::1")]
    [InlineData("{\"languageModel\":{\"timeoutSeconds\":300}}", "languageModel.timeoutSeconds")]
    [InlineData("{\"languageModel\":{\"onlyWhenUnsure\":\"yes\"}}", "languageModel.onlyWhenUnsure")]
    [InlineData("{\"Intake\":{}}", "Intake")]
    [InlineData("{\"intake\":{},\"intake\":{}}", "x")]
    [InlineData("{", "x")]
    [InlineData("[]", "{ … }")]
    [InlineData("{\"retentionDays\":0}", "retentionDays")]
    [InlineData("{\"web\":{\"trustedProxies\":\"10.0.0.5\"}}", "web.trustedProxies")]
    [InlineData("{\"web\":{\"trustedProxies\":[\"10.0.0.5\",\"proxy.example\"]}}", "proxy.example")]
    [InlineData("{\"web\":{\"trustedProxies\":[\"10.0.0.0/64\"]}}", "10.0.0.0/64")]
    public void WhatIsWrong_IsNamed(string json, string named)
    {
        var failure = Assert.Throws<CallFailedException>(() => SettingsFile.Parse(json, "x"));
        Assert.Equal(ExitCode.WrongCall, failure.Code);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrustedProxies_AreNoneUntilNamed()
    {
        Assert.Empty(SettingsFile.Parse("{}", "x").Web.TrustedProxies);
        var settings = SettingsFile.Parse("""{"web":{"trustedProxies":["127.0.0.1","10.1.0.0/16","::1"]}}""", "x");
        Assert.Equal(["127.0.0.1/32", "10.1.0.0/16", "::1/128"], settings.Web.TrustedProxies.Select(n => n.ToString()));
    }

    [Fact]
    public void AllFaults_AreToldAtOnce()
    {
        var failure = Assert.Throws<CallFailedException>(() => SettingsFile.Parse("{\"a\":1,\"autoThreshold\":7}", "x"));
        Assert.Contains("\"a\"", failure.Message.Replace('„', '"').Replace('“', '"'), StringComparison.Ordinal);
        Assert.Contains("autoThreshold", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, "de")]
    [InlineData(null, null, "en_US.UTF-8", "en")]
    [InlineData("", "en_GB", "de_DE", "en")]
    [InlineData("de_DE", "en_GB", "en_GB", "de")]
    [InlineData("C.UTF-8", null, null, "de")]
    public void Environment_ChoosesTheLanguage(string? all, string? messages, string? lang, string expected)
    {
        var environment = new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = lang };
        Assert.Equal(expected, Texts.CultureOf(name => environment[name]).Name);
    }

    [Fact]
    public void EveryText_IsThereInBothLanguages()
    {
        foreach (var key in Enum.GetValues<TextKey>())
        {
            Assert.NotNull(Texts.Raw(key, CultureInfo.InvariantCulture));
            Assert.NotNull(Texts.Raw(key, CultureInfo.GetCultureInfo("en")));
        }
    }

    [Fact]
    public void EveryExitCode_IsInTheHandbook()
    {
        var page = File.ReadAllText(Path.Combine(Call.City, "..", "..", "..", "docs", "operating", "exit-codes.md"));
        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Contains($"| {((int)code).ToString(CultureInfo.InvariantCulture)} |", page, StringComparison.Ordinal);
    }
}
