using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>The trace of a request goes on in all that follows from it, over the bus too, though nobody listens to traces here.</summary>
public sealed class TraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task From_the_browser_over_the_event_to_what_a_consumer_and_a_reaction_record()
    {
        var (child, account) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var fixture = await ServiceFixture.StartAsync([ToyModule.Module]);
        await HostingTests.OnTeamAsync(fixture, child, account);
        var browser = fixture.As(account, Roles.Interviewer);
        browser.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        await browser.PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
        await SubscriptionTests.WaitAsync(() => fixture.Services.GetRequiredService<Notes>().Of(child) is { Echoed: 1, Counted: 1 }, "the echo");

        var codec = fixture.Services.GetRequiredService<EventCodec>();
        var events = (await fixture.Stores.Log.ReadStreamAsync(Toy.Stream(child), 0, 100, ReadDirection.Forwards, default)).Select(codec.Decode).ToList();
        events.Select(e => e.Envelope.Type).ShouldBe(["toy.note-written.v1", "toy.note-echoed.v1", "toy.note-counted.v1"], ignoreOrder: true);
        events.ShouldAllBe(e => e.Envelope.TraceParent!.Split('-')[1] == Trace);

        // From which message: what follows names the event that led to it.
        events[0].Envelope.CauseEventId.ShouldBeNull();
        events.Skip(1).ShouldAllBe(e => e.Envelope.CauseEventId == events[0].Envelope.EventId);
    }

    [Fact]
    public async Task What_a_timer_does_has_a_trace_of_its_own()
    {
        var (child, account) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var fixture = await ServiceFixture.StartAsync([ToyModule.Module], new DateTimeOffset(2026, 9, 2, 9, 0, 0, TimeSpan.Zero), configure: builder =>
            builder.Services.AddTimer<RingAtOnce>());
        await HostingTests.OnTeamAsync(fixture, child, account);
        await fixture.As(account, Roles.Interviewer).PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
        await SubscriptionTests.WaitAsync(() => fixture.Services.GetRequiredService<Notes>().Of(child) is { Rang: 1 }, "the bell");
        var events = await fixture.Stores.Log.ReadStreamAsync(Toy.Stream(child), 0, 100, ReadDirection.Forwards, default);
        var rang = fixture.Services.GetRequiredService<EventCodec>().Decode(events.Single(e => e.Type == "toy.note-rang.v1"));
        rang.Envelope.TraceParent.ShouldNotBeNull();
    }
}
