using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Api;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Accounts;

/// <summary>Accounts (Konten): made, changed, locked out and given a new password by an administrator, who sees no letters.</summary>
internal static partial class AccountEndpoints
{
    private const int LongestDisplayName = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/accounts").RequireAuthorization(Need.Administrator);
        accounts.MapGet("", ListAsync);
        accounts.MapGet("/new", (HttpContext http, Frames frames, Organisation organisation) =>
            frames.Page<AccountPage>(http, new AccountModel(Empty, organisation, [])));
        accounts.MapPost("/new", CreateAsync);
        accounts.MapGet("/{id}", async (string id, HttpContext http, AccountPages pages) => await pages.ShowAsync(http, id));
        accounts.MapPost("/{id}", UpdateAsync);
        accounts.MapPost("/{id}/reset", ResetAsync);
        accounts.MapPost("/{id}/tokens", AddTokenAsync);
        accounts.MapPost("/{id}/tokens/{token}/revoke", RevokeTokenAsync);
    }

    private static Account Empty => new("", "", "", [], [], MustChangePassword: true, Disabled: false);

    private static async Task<IResult> ListAsync(
        HttpContext http, Frames frames, AccountStore store, Organisation organisation, UnitNames units)
    {
        var all = await store.ListAsync(http.RequestAborted);
        return frames.Page<AccountListPage>(http, new AccountListModel(all, units, new Attendance(organisation, all).Unattended));
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, Frames frames, AccountStore store, AccountPages pages, Passwords passwords,
        Organisation organisation, TimeProvider clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var named = Empty with { Id = FirstStart.NewId(clock), Name = form["name"].ToString().Trim().ToLowerInvariant() };
        var wanted = Read(form, named, organisation);
        var password = Passwords.NewOneTime();
        var problem = !NamePattern().IsMatch(wanted.Name) ? "accounts.badName" : ProblemOf(wanted);
        if (problem is null && !await store.CreateAsync(wanted, passwords.Hash(wanted, password), Actor(http), http.RequestAborted))
            problem = "accounts.nameTaken";
        if (problem is null) return await pages.ShowAsync(http, wanted.Id, secret: new("accounts.password", password));
        var model = new AccountModel(wanted with { Id = "" }, organisation, [], problem);
        return frames.Page<AccountPage>(http, model, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> UpdateAsync(
        string id, HttpContext http, AccountStore store, AccountPages pages, Organisation organisation, Notices notices)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } found) return Results.NotFound();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var wanted = Read(form, found with { Disabled = form["disabled"] == "true" }, organisation);
        var self = string.Equals(id, CurrentAccount.Of(http)!.Id, StringComparison.Ordinal);
        var problem = self && (wanted.Disabled || !HasSameRights(wanted, found)) ? "accounts.notYourself" : ProblemOf(wanted);
        if (problem is not null) return await pages.ShowAsync(http, id, problem);
        await store.UpdateAsync(wanted, Actor(http), http.RequestAborted);
        notices.Leave(http, T.Of("accounts.saved", wanted.Name));
        return Results.Redirect("/accounts");
    }

    /// <summary>Nobody gives rights to himself: that takes a second administrator.</summary>
    private static bool HasSameRights(Account a, Account b) =>
        a.Roles.ToHashSet().SetEquals(b.Roles) && a.Units.ToHashSet(StringComparer.Ordinal).SetEquals(b.Units);

    private static async Task<IResult> ResetAsync(string id, HttpContext http, AccountStore store, AccountPages pages, Passwords passwords)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } found) return Results.NotFound();
        var password = Passwords.NewOneTime();
        await store.SetPasswordAsync(id, passwords.Hash(found, password), mustChangePassword: true, Actor(http), http.RequestAborted);
        return await pages.ShowAsync(http, id, secret: new("accounts.password", password));
    }

    private static async Task<IResult> AddTokenAsync(
        string id, HttpContext http, AccountStore store, AccountPages pages, ApiTokenStore tokens, TimeProvider clock)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } found) return Results.NotFound();
        var label = (await http.Request.ReadFormAsync(http.RequestAborted))["label"].ToString().Trim();
        if (label.Length is 0 or > LongestDisplayName) return await pages.ShowAsync(http, id, "accounts.noLabel");
        var token = TokenHandler.NewToken();
        await tokens.AddAsync(LetterIds.New(clock), found, label, TokenHandler.Hash(token), Actor(http), http.RequestAborted);
        return await pages.ShowAsync(http, id, secret: new("accounts.token", token));
    }

    private static async Task<IResult> RevokeTokenAsync(string id, string token, HttpContext http, ApiTokenStore tokens, Notices notices)
    {
        if (!await tokens.RevokeAsync(token, id, Actor(http), http.RequestAborted)) return Results.NotFound();
        notices.Leave(http, T.Of("accounts.revoked"));
        return Results.Redirect("/accounts/" + Uri.EscapeDataString(id));
    }

    private static string Actor(HttpContext http) => CurrentAccount.Of(http)!.Id;

    private static Account Read(IFormCollection form, Account account, Organisation organisation) => account with
    {
        DisplayName = form["displayName"].ToString().Trim(),
        Roles = Enum.GetValues<Role>().Where(r => form["roles"].Contains(r.ToString(), StringComparer.Ordinal)).ToList(),
        Units = form["units"].OfType<string>().Where(organisation.IsTarget).Distinct(StringComparer.Ordinal).ToList(),
    };

    private static string? ProblemOf(Account wanted)
    {
        if (wanted.DisplayName.Length is 0 or > LongestDisplayName) return "accounts.noDisplayName";
        if (wanted.Roles.Count == 0) return "accounts.noRole";
        if (wanted.Roles.Contains(Role.ClosedMail) && !wanted.Roles.Contains(Role.Mailroom)) return "accounts.closedAlone";
        return wanted.Roles.Contains(Role.Office) && wanted.Units.Count == 0 ? "accounts.noUnit" : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{1,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}

/// <summary>The page of one account with what belongs to it.</summary>
internal sealed class AccountPages(Frames frames, AccountStore store, ApiTokenStore tokens, Organisation organisation)
{
    public async Task<IResult> ShowAsync(HttpContext http, string id, string? problem = null, Secret? secret = null)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } account) return Results.NotFound();
        var model = new AccountModel(account, organisation, await tokens.ListAsync(id, http.RequestAborted), problem, secret);
        return frames.Page<AccountPage>(http, model, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}

/// <param name="Unattended">Offices without a member.</param>
public sealed record AccountListModel(IReadOnlyList<Account> Accounts, UnitNames Units, IReadOnlyList<Unit> Unattended);

/// <param name="Problem">Key of a text; null for none.</param>
/// <param name="Secret">Shown this once; null for none.</param>
public sealed record AccountModel(
    Account Account, Organisation Organisation, IReadOnlyList<ApiToken> Tokens, string? Problem = null, Secret? Secret = null);

/// <param name="Text">Key of the text that says what it is.</param>
/// <param name="Value">The secret.</param>
public sealed record Secret(string Text, string Value);
