using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>The log is what delivery is checked against: what a broker lost comes again, and what had arrived has no second effect.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ReconciliationTests(BrokerFixture brokers)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PastAllAttempts = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_the_broker_lost_is_found_and_nothing_happens_twice()
    {
        var broker = brokers.Broker.NewConnectionString();
        await using var fixture = await ServiceFixture.StartAsync([ToyModule.Module], settings: $"--Bus:ConnectionString={broker}");
        var faults = fixture.Services.GetRequiredService<Faults>();
        var notes = fixture.Services.GetRequiredService<Notes>();
        var arrived = new[] { await WriteAsync(fixture), await WriteAsync(fixture), await WriteAsync(fixture) };
        await Wait.ForAsync(() => Task.FromResult(arrived.All(child => notes.Of(child) is { Echoed: 1 })), "three echoes");

        // Two messages reach the broker, are confirmed, and are gone: emptied out of the error queue.
        faults.Left = 1000;
        var lost = new[] { await WriteAsync(fixture), await WriteAsync(fixture) };
        var address = BrokerAddress.Parse(broker);
        var errors = Inbox.Errors(Inbox.Of(Inbox.ServiceOf(typeof(OnNote))));
        await using var desk = await BrokerDesk.OpenAsync(address, default);
        await Wait.ForAsync(async () => await desk.LookAsync(errors, default) is { Ready: 2 }, "two messages that failed");
        await desk.EmptyAsync(errors, default);
        faults.Left = 0;
        notes.Of(lost[0])!.Echoed.ShouldBe(0);

        var reconciliation = fixture.Services.GetRequiredService<Reconciliation>();
        (await reconciliation.RunAsync(LogPosition.Start, Quiet, default)).ShouldBe(new Reconciled(5, AlreadyApplied: 3, NewlyApplied: 2, Failed: 0, UnderWay: 0));
        (await reconciliation.RunAsync(LogPosition.Start, Quiet, default)).ShouldBe(new Reconciled(5, AlreadyApplied: 5, NewlyApplied: 0, Failed: 0, UnderWay: 0));
        await fixture.CaughtUpAsync();
        arrived.Concat(lost).ShouldAllBe(child => notes.Of(child)!.Echoed == 1);
    }

    [Fact]
    public async Task What_a_consumer_cannot_handle_or_has_in_hand_still_is_not_called_applied()
    {
        var broker = brokers.Broker.NewConnectionString();
        await using var fixture = await ServiceFixture.StartAsync([ToyModule.Module], settings: $"--Bus:ConnectionString={broker}");
        var faults = fixture.Services.GetRequiredService<Faults>();
        var notes = fixture.Services.GetRequiredService<Notes>();
        var arrived = new[] { await WriteAsync(fixture), await WriteAsync(fixture) };
        await Wait.ForAsync(() => Task.FromResult(arrived.All(child => notes.Of(child) is { Echoed: 1 })), "two echoes");

        var reconciliation = fixture.Services.GetRequiredService<Reconciliation>();
        faults.Left = 1000;
        (await reconciliation.RunAsync(LogPosition.Start, PastAllAttempts, default)).ShouldBe(new Reconciled(2, AlreadyApplied: 0, NewlyApplied: 0, Failed: 2, UnderWay: 0));
        faults.With = () => new LogUnreachableException(new IOException("away"));
        (await reconciliation.RunAsync(LogPosition.Start, Quiet, default)).ShouldBe(new Reconciled(2, AlreadyApplied: 0, NewlyApplied: 0, Failed: 0, UnderWay: 2));
        faults.Left = 0;
    }

    private static async Task<Guid> WriteAsync(ServiceFixture fixture)
    {
        var (child, account) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await HostingTests.OnTeamAsync(fixture, child, account);
        await fixture.As(account, Roles.Interviewer).PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
        return child;
    }
}
