using Postlotse.Evidence;
using static Postlotse.Storage.Tests.Samples;

namespace Postlotse.Storage.Tests;

/// <summary>Laws of wrong passwords, on every database.</summary>
public abstract class SignInFailureLaws : EveryDatabase
{
    private const string Home = "192.0.2.1", Elsewhere = "198.51.100.7";

    private readonly SettableClock _clock = new(Monday);
    private AccountStore _accounts = null!;

    private async Task<SignInFailures> BeginAsync()
    {
        var database = await OpenAsync();
        _accounts = new(database, _clock);
        Assert.True(await _accounts.CreateAsync(Person("k7", "muster"), "hash", NewEvent.System));
        return new(database, _clock);
    }

    private static async Task FailAsync(SignInFailures failures, string address, int times)
    {
        for (var i = 0; i < times; i++) await failures.RecordFailureAsync("k7", address);
    }

    [Fact]
    public async Task FifthWrongPassword_MakesItsAddressWaitAndNoOther()
    {
        var failures = await BeginAsync();
        await FailAsync(failures, Elsewhere, SignInFailures.AllowedFailures - 1);
        Assert.Null(await failures.WaitAsync("k7", Elsewhere));
        Assert.Equal(Monday.AddMinutes(1), await failures.RecordFailureAsync("k7", Elsewhere));
        Assert.Equal(Monday.AddMinutes(1), await failures.WaitAsync("k7", Elsewhere));
        Assert.Null(await failures.WaitAsync("k7", Home));
        _clock.Now = Monday.AddMinutes(1);
        Assert.Null(await failures.WaitAsync("k7", Elsewhere));
    }

    [Fact]
    public async Task Wait_DoublesUpToAQuarterOfAnHour()
    {
        var failures = await BeginAsync();
        await FailAsync(failures, Elsewhere, SignInFailures.AllowedFailures);
        foreach (var minutes in new[] { 2, 4, 8, 15, 15 })
            Assert.Equal(Monday.AddMinutes(minutes), await failures.RecordFailureAsync("k7", Elsewhere));
        _clock.Now = Monday.AddDays(2);
        Assert.Null(await failures.RecordFailureAsync("k7", Elsewhere));
    }

    [Fact]
    public async Task Wait_LeavesEvidenceWithoutTheAddress()
    {
        var failures = await BeginAsync();
        await FailAsync(failures, Elsewhere, SignInFailures.AllowedFailures);
        var slowed = Assert.Single(await _accounts.EventsAsync(), e => e.Kind == AccountEventKind.SignInSlowed);
        Assert.Equal(("k7", NewEvent.System), (slowed.AccountId, slowed.Actor));
        Assert.DoesNotContain(Elsewhere, slowed.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RightPassword_BeginsANewCountForItsAddress()
    {
        var failures = await BeginAsync();
        await FailAsync(failures, Home, SignInFailures.AllowedFailures - 1);
        await FailAsync(failures, Elsewhere, SignInFailures.AllowedFailures - 1);
        await failures.RecordSuccessAsync("k7", Home);
        Assert.Null(await failures.RecordFailureAsync("k7", Home));
        Assert.NotNull(await failures.RecordFailureAsync("k7", Elsewhere));
    }

    [Fact]
    public async Task WrongPasswordsAtTheSameTime_AllCount()
    {
        var failures = await BeginAsync();
        var waits = await Task.WhenAll(Enumerable.Range(0, SignInFailures.AllowedFailures)
            .Select(_ => Task.Run(() => failures.RecordFailureAsync("k7", Elsewhere))));
        Assert.Single(waits, until => until is not null);
    }

    [Fact]
    public async Task NewPassword_EndsEveryWait()
    {
        var failures = await BeginAsync();
        await FailAsync(failures, Elsewhere, SignInFailures.AllowedFailures);
        Assert.True(await _accounts.SetPasswordAsync("k7", "hash 2", mustChangePassword: false, "k7"));
        Assert.Null(await failures.WaitAsync("k7", Elsewhere));
        var credentials = (await _accounts.CredentialsAsync("muster"))!;
        Assert.Equal(("hash 2", false), (credentials.PasswordHash, credentials.Account.MustChangePassword));
        Assert.False(await _accounts.SetPasswordAsync("nobody", "hash", mustChangePassword: false, NewEvent.System));
    }
}

public sealed class SqliteSignInFailureLaws : SignInFailureLaws
{
    protected override Task<DatabaseSettings> SettingsAsync() =>
        Task.FromResult(new DatabaseSettings(DatabaseProvider.Sqlite, Folder.At("db")));
}

public sealed class PostgreSqlSignInFailureLaws(PostgreSqlServer server) : SignInFailureLaws
{
    private Task<string>? _connection;

    protected override async Task<DatabaseSettings> SettingsAsync() =>
        new(DatabaseProvider.PostgreSql, await (_connection ??= server.NewDatabaseAsync()));
}
