using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the accounts, on every database.</summary>
public abstract class AccountLaws : EveryDatabase
{
    private const string Boss = "account:boss";

    private readonly SettableClock _clock = new(Monday);

    private async Task<AccountStore> BeginAsync()
    {
        var accounts = new AccountStore(await OpenAsync(), _clock);
        Assert.True(await accounts.CreateAsync(Person("k7", "Muster"), "hash 1", Boss));
        return accounts;
    }

    [Fact]
    public async Task Account_IsFoundByItsNameInAnyCase()
    {
        var accounts = await BeginAsync();
        foreach (var name in new[] { "muster", "MUSTER", " Muster " })
            Assert.Equivalent(Person("k7", "muster"), await accounts.FindByNameAsync(name), strict: true);
        Assert.Equivalent(Person("k7", "muster"), await accounts.FindAsync("k7"), strict: true);
        Assert.Null(await accounts.FindByNameAsync("nobody"));
        Assert.Null(await accounts.FindAsync("nobody"));
    }

    [Fact]
    public async Task TakenName_IsRefused()
    {
        var accounts = await BeginAsync();
        Assert.False(await accounts.CreateAsync(Person("k8", "MUSTER"), "hash 2", Boss));
        Assert.Equal((1, "hash 1"), (await accounts.CountAsync(), (await accounts.CredentialsAsync("muster"))!.PasswordHash));
    }

    [Fact]
    public async Task Update_ChangesRightsButNotThePassword()
    {
        var accounts = await BeginAsync();
        var changed = Person("k7", "muster") with
        {
            DisplayName = "Herr Muster", Roles = [Role.Mailroom, Role.Auditor], Units = [], Disabled = true,
        };
        Assert.True(await accounts.UpdateAsync(changed, Boss));
        Assert.Equivalent(changed, Assert.Single(await accounts.ListAsync()), strict: true);
        Assert.Equal("hash 1", (await accounts.CredentialsAsync("muster"))!.PasswordHash);
        Assert.False(await accounts.UpdateAsync(Person("nobody", "nobody"), Boss));
    }

    [Fact]
    public async Task EveryChange_LeavesItsEvidence()
    {
        var accounts = await BeginAsync();
        var person = Person("k7", "muster");
        var changed = person with { Roles = [Role.Office, Role.Mailroom], Units = ["50"] };
        Assert.True(await accounts.UpdateAsync(changed, Boss));
        Assert.True(await accounts.UpdateAsync(changed, Boss));
        Assert.True(await accounts.UpdateAsync(changed with { Disabled = true }, Boss));
        Assert.True(await accounts.UpdateAsync(changed with { DisplayName = "Frau Geheim" }, Boss));
        Assert.True(await accounts.SetPasswordAsync("k7", "hash 2", mustChangePassword: true, Boss));
        Assert.True(await accounts.SetPasswordAsync("k7", "hash 3", mustChangePassword: false, "k7"));

        var events = await accounts.EventsAsync();
        Assert.Equal(
            [
                AccountEventKind.Created, AccountEventKind.RightsChanged, AccountEventKind.Locked, AccountEventKind.Unlocked,
                AccountEventKind.Renamed, AccountEventKind.PasswordReset, AccountEventKind.PasswordChanged,
            ],
            events.Select(e => e.Kind));
        Assert.Equal([Boss, Boss, Boss, Boss, Boss, Boss, "k7"], events.Select(e => e.Actor));
        Assert.All(events, e => Assert.Equal(("k7", Monday), (e.AccountId, e.At)));
        Assert.Null(EvidenceChain.FindFault(events));
        var facts = JsonSerializer.Deserialize<AccountFacts>(events[1].Data, PostlotseJson.Compact)!;
        Assert.Equal(["Mailroom"], facts.RolesAdded);
        Assert.Equal(["50"], facts.UnitsAdded);
        Assert.Equal(["32.3"], facts.UnitsRemoved);
        Assert.DoesNotContain("hash", string.Concat(events.Select(e => e.Data)), StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim", string.Concat(events.Select(e => e.Data)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangesAtTheSameTime_MakeOneChain()
    {
        var accounts = await BeginAsync();
        await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(
            () => accounts.CreateAsync(Person("n" + Number(i), "neu" + Number(i)), "hash", Boss))));
        var events = await accounts.EventsAsync();
        Assert.Equal(Enumerable.Range(1, 13), events.Select(e => e.Sequence));
        Assert.Null(EvidenceChain.FindFault(events));

        static string Number(int i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Stamp_ChangesWithRightsPasswordAndSignOutAlone()
    {
        var accounts = await BeginAsync();
        var person = (await accounts.FindAsync("k7"))!;
        var stamps = new List<string> { await StampAsync() };
        await accounts.UpdateAsync(person with { DisplayName = "Anders" }, Boss);
        Assert.Equal(stamps[0], await StampAsync());
        await accounts.UpdateAsync(person with { Units = ["50"] }, Boss);
        stamps.Add(await StampAsync());
        await accounts.UpdateAsync(person with { Units = ["50"], Disabled = true }, Boss);
        stamps.Add(await StampAsync());
        await accounts.SetPasswordAsync("k7", "hash 2", mustChangePassword: false, "k7");
        stamps.Add(await StampAsync());
        Assert.True(await accounts.EndSessionsAsync("k7"));
        stamps.Add(await StampAsync());
        Assert.Equal(5, stamps.Distinct().Count());
        Assert.False(await accounts.EndSessionsAsync("nobody"));

        async Task<string> StampAsync() => (await accounts.CredentialsAsync("muster"))!.SessionStamp;
    }


}

public sealed class SqliteAccountLaws : AccountLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlAccountLaws(PostgreSqlServer server) : AccountLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
