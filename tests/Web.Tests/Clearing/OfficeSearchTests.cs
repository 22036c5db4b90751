using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Web.Clearing;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Clearing;

public sealed class OfficeSearchTests
{
    private static readonly OfficeSearch s_search = new(
        JsonSerializer.Deserialize<Organisation>(File.ReadAllText(Corpus.PathOf("organisation.json")), PostlotseJson.Compact)!);

    [Theory]
    [InlineData("32.3", "32.3")]
    [InlineData("34", "34")]
    [InlineData("standes", "34")]
    [InlineData("STANDESAMT", "34")]
    [InlineData("bussgeld", "32.2")]
    [InlineData("Finanzamt", "X.FA")]
    [InlineData("Bürgergeld", "X.JC")]
    [InlineData("Initiativbewerbung", "11.1")]
    public void WhatAClerkTypes_FindsTheOffice(string text, string office) => Assert.Equal(office, s_search.Find(text)[0].Id);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("xyzzy")]
    public void Nonsense_FindsNothing(string text) => Assert.Empty(s_search.Find(text));
}
