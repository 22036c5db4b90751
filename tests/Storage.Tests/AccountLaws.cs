using Postlotse.Delivery;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of the accounts, on every database.</summary>
public abstract class AccountLaws : EveryDatabase
{
    private readonly SettableClock _clock = new(Monday);

    private async Task<AccountStore> BeginAsync()
    {
        var accounts = new AccountStore(await OpenAsync(), _clock);
        Assert.True(await accounts.CreateAsync(Person("k7", "Muster"), "hash 1"));
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
        Assert.False(await accounts.CreateAsync(Person("k8", "MUSTER"), "hash 2"));
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
        Assert.True(await accounts.UpdateAsync(changed));
        Assert.Equivalent(changed, Assert.Single(await accounts.ListAsync()), strict: true);
        Assert.Equal("hash 1", (await accounts.CredentialsAsync("muster"))!.PasswordHash);
        Assert.False(await accounts.UpdateAsync(Person("nobody", "nobody")));
    }

    [Fact]
    public async Task FifthWrongPassword_LocksForAQuarterOfAnHour()
    {
        var accounts = await BeginAsync();
        for (var i = 1; i < AccountStore.AllowedFailures; i++) Assert.Null(await accounts.RecordFailureAsync("k7"));
        Assert.Null((await accounts.CredentialsAsync("muster"))!.LockedUntil);
        Assert.Equal(Monday.AddMinutes(15), await accounts.RecordFailureAsync("k7"));
        Assert.Equal(Monday.AddMinutes(15), (await accounts.CredentialsAsync("muster"))!.LockedUntil);

        _clock.Now = Monday.AddMinutes(15);
        Assert.Null((await accounts.CredentialsAsync("muster"))!.LockedUntil);
        Assert.Null(await accounts.RecordFailureAsync("k7"));
        Assert.Equal(1, (await accounts.CredentialsAsync("muster"))!.FailedCount);
    }

    [Fact]
    public async Task RightPassword_BeginsANewCount()
    {
        var accounts = await BeginAsync();
        for (var i = 1; i < AccountStore.AllowedFailures; i++) await accounts.RecordFailureAsync("k7");
        await accounts.RecordSuccessAsync("k7");
        Assert.Null(await accounts.RecordFailureAsync("k7"));
    }

    [Fact]
    public async Task WrongPasswordsAtTheSameTime_AllCount()
    {
        var accounts = await BeginAsync();
        var locks = await Task.WhenAll(
            Enumerable.Range(0, AccountStore.AllowedFailures).Select(_ => Task.Run(() => accounts.RecordFailureAsync("k7"))));
        Assert.Single(locks, until => until is not null);
    }

    [Fact]
    public async Task NewPassword_EndsTheLock()
    {
        var accounts = await BeginAsync();
        for (var i = 0; i < AccountStore.AllowedFailures; i++) await accounts.RecordFailureAsync("k7");
        Assert.True(await accounts.SetPasswordAsync("k7", "hash 2", mustChangePassword: false));
        var credentials = (await accounts.CredentialsAsync("muster"))!;
        Assert.Equal(("hash 2", false, null), (credentials.PasswordHash, credentials.Account.MustChangePassword, credentials.LockedUntil));
        Assert.False(await accounts.SetPasswordAsync("nobody", "hash", mustChangePassword: false));
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
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
