namespace Postlotse.App.Serving;

/// <summary>What a call to <c>serve</c> says.</summary>
/// <param name="Data">Data folder.</param>
/// <param name="Urls">Address to answer at.</param>
/// <param name="Organisation">Organisation file for the first start; null when none was named.</param>
/// <param name="Demo">Demo accounts with known passwords.</param>
internal sealed record ServeCall(string Data, string Urls, string? Organisation, bool Demo);
