using System.Collections.Concurrent;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>What outlives the process, and what the other services hear.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        try
        {
            Guid jason, interview;
            await using (var before = await InterviewHouse.OpenAsync(folder))
            {
                jason = await before.ChildAsync(Steps.Jason);
                interview = await before.DecidedAsync(jason);
                await before.BookAsync(jason, interview).JsonAsync(200);
            }

            await using var after = await InterviewHouse.OpenAsync(folder, new DateTimeOffset(2026, 9, 9, 8, 45, 0, TimeSpan.Zero));
            (await after.AgendaAsync(jason)).ShouldBe(["09-09 09:00 utr-1 Confirmed"]);
            await after.PrepareAsync(jason, interview);
            await after.HoldAsync(jason, interview);
            await after.SettledAsync();
            var read = await after.As(Roles.Prosecutor).GetAsync(Steps.PathOf(jason, interview)).JsonAsync(200);
            read.GetProperty("status").GetString().ShouldBe("completed");
            read.GetProperty("decision").GetProperty("reasoning").GetString().ShouldBe("He told his teacher");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_others_hear_how_the_interviews_stand_after_each_change()
    {
        var listener = new ServiceModule(
            "listener", services => services.AddSingleton<Heard>(), bus => bus.AddConsumer<Listener>(), _ => { });
        await using var house = await InterviewHouse.OpenAsync(null, null, listener);
        var jason = await house.ChildAsync(Steps.Jason);
        var interview = await house.DecidedAsync(jason);
        await house.BookAsync(jason, interview).JsonAsync(200);
        var heard = house.Services.GetRequiredService<Heard>().Messages;
        await house.UntilAsync(() => Task.FromResult(heard.Count >= 3), "three messages");

        var told = heard.OrderBy(message => message.Source.Revision).ToList();
        told.Select(message => message.Source.Revision).ShouldBe([1, 2, 3]);
        told.Select(message => message.Interviews.ShouldHaveSingleItem().Status).ShouldBe(["requested", "decided", "booked"]);
        told.ShouldAllBe(message => message.ChildId == jason && message.Source.Stream == $"interviews.child-{jason:D}");
        told[2].Interviews[0].BookedFor.ShouldBe(new DateTimeOffset(2026, 9, 9, 9, 0, 0, TimeSpan.Zero));
    }

    internal sealed class Heard
    {
        public ConcurrentQueue<InterviewsChanged> Messages { get; } = new();
    }

    internal sealed class Listener(Heard heard) : IConsumer<InterviewsChanged>
    {
        public Task Consume(ConsumeContext<InterviewsChanged> context)
        {
            heard.Messages.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }
}
