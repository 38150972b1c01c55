using Barnahus.Identity.Accounts;
using Barnahus.Identity.Setup;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests;

/// <summary>Where the calendar of the cases stands elsewhere, whatever guards them still runs on the system's time.</summary>
public sealed class TwoClocksTests
{
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(20);

    [Theory]
    [InlineData("2001-01-01T00:00:00Z")]
    [InlineData("2041-01-01T00:00:00Z")]
    public async Task Tokens_sign_in_lockout_and_leases_do_not_follow_domain_time(string start)
    {
        await using var installation = await Installation.StartAsync(settings: [$"--Clock:Start={start}", "--Gateway:SignInsPerAddress=100"]);
        var services = installation.Identity.Services;
        services.GetRequiredService<DomainClock>().Now.Year.ShouldBe(int.Parse(start[..4], System.Globalization.CultureInfo.InvariantCulture));

        // A token of another time would not be taken: the service that validates it has only the system's.
        using var browser = await installation.SignedInAsync("interviewer");
        await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync();

        using var guesser = installation.Browser();
        for (var guess = 1; guess <= 10; guess++)
        {
            await (await guesser.PostAsync("/account/sign-in", new { loginName = "planner", password = "a wrong password" })).JsonAsync(401);
        }

        var codec = services.GetRequiredService<EventCodec>();
        async Task<List<IEvent>> EventsAsync(string account) =>
            [.. (await installation.Stores.Log.ReadStreamAsync(Account.Stream(DemoAccounts.IdOf(account)), 0, 100, ReadDirection.Forwards, default)).Select(e => codec.Decode(e).Event)];
        (await EventsAsync("interviewer")).OfType<SignedIn>().ShouldHaveSingleItem().At.ShouldBe(DateTimeOffset.UtcNow, Near);
        var locks = (await EventsAsync("planner")).OfType<AccountLocked>().ToList();
        locks.ShouldNotBeEmpty();
        locks.ShouldAllBe(locked => locked.Until > DateTimeOffset.UtcNow && locked.Until < DateTimeOffset.UtcNow + Near);

        (await installation.Stores.State.TryLeaseAsync("two-clocks", "test", TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();
        await using var state = new SqliteConnection($"Data Source={Path.Combine(installation.DataFolder, "state.db")};Mode=ReadOnly;Pooling=false");
        await state.OpenAsync();
        await using var command = state.CreateCommand();
        command.CommandText = "SELECT expires_at FROM leases WHERE name = 'two-clocks'";
        DateTimeOffset.FromUnixTimeMilliseconds((long)(await command.ExecuteScalarAsync())!).ShouldBe(DateTimeOffset.UtcNow, Near);
    }

    [Fact]
    public async Task A_folder_with_real_accounts_never_becomes_a_demonstration()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        try
        {
            await using (await Installation.StartAsync(folder, demo: false))
            {
            }

            var refused = await Should.ThrowAsync<WrongInstallationException>(() => Installation.StartAsync(folder, demo: true));
            refused.Message.ShouldContain("production");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
