using System.Globalization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>
/// Given events, when a command, then exactly these events. Every command is run a second time with the same id, through the real handler on a
/// real log: nothing may change.
/// </summary>
public abstract class DeciderSpec<TCommand, TState>(Decider<TCommand, TState> decider)
{
    /// <summary>A Wednesday in term time, noon UTC.</summary>
    protected static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-09-02T12:00:00Z", CultureInfo.InvariantCulture);

    /// <summary>Types whose events the stream of this decider holds.</summary>
    protected virtual System.Reflection.Assembly Events => typeof(TState).Assembly;

    /// <summary>Seals and opens what is personal; the same one where a decider decides on opened values.</summary>
    protected virtual IKeyVault Vault { get; } = new MemoryKeyVault();

    protected Story Given(params IReadOnlyList<IEvent> events) => new(this, events);

    protected TState Fold(params IReadOnlyList<IEvent> events) => events.Aggregate(decider.Initial, decider.Evolve);

    protected sealed class Story(DeciderSpec<TCommand, TState> spec, IReadOnlyList<IEvent> before)
    {
        public Outcome When(TCommand command) => new(spec, before, command);
    }

    protected sealed class Outcome(DeciderSpec<TCommand, TState> spec, IReadOnlyList<IEvent> before, TCommand command)
    {
        public async Task Then(params IReadOnlyList<IEvent> expected)
        {
            var decision = spec.Decide(before, command);
            if (decision is Decision.Refused refused)
            {
                throw new ShouldAssertException($"refused by {refused.Rule}: {refused.Detail}");
            }

            var events = ((Decision.Accepted)decision).Events;
            events.Select(e => e.GetType().Name).ShouldBe(expected.Select(e => e.GetType().Name));
            Printed(events).ShouldBe(Printed(expected));
            await spec.RunsTwiceWithOneEffectAsync(before, command, events.Count);
        }

        /// <param name="rule">Name of the rule.</param>
        /// <param name="saying">What a person is told, or the part of it that matters.</param>
        public void ThenRefused(string rule, string saying = "")
        {
            var refused = spec.Decide(before, command).ShouldBeOfType<Decision.Refused>();
            refused.Rule.ShouldBe(rule);
            refused.Detail.ShouldNotBeNullOrWhiteSpace();
            refused.Detail.ShouldContain(saying, Case.Sensitive);
        }

        public TState State()
        {
            var accepted = spec.Decide(before, command).ShouldBeOfType<Decision.Accepted>();
            return spec.Fold([.. before, .. accepted.Events]);
        }

        private static string Printed(IEnumerable<IEvent> events) => PlainJson.Print(events.Cast<object>());
    }

    private Decision Decide(IReadOnlyList<IEvent> before, TCommand command) => decider.Decide(command, Fold(before));

    private async Task RunsTwiceWithOneEffectAsync(IReadOnlyList<IEvent> before, TCommand command, int events)
    {
        await using var temporary = new TemporaryLog();
        var codec = new EventCodec(TestEvents.Of(Events), Vault);
        var handler = new CommandHandler(temporary.Log, codec);
        var stream = "spec.stream";
        var system = Actor.System("spec");
        if (before.Count > 0)
        {
            var earlier = new CommandContext(Guid.CreateVersion7(), system, null, Now, Guid.CreateVersion7());
            await temporary.Log.AppendAsync(stream, StreamRevision.None, await codec.EncodeAsync(stream, before, earlier, default), default);
        }

        var context = new CommandContext(Guid.CreateVersion7(), system, null, Now, Guid.CreateVersion7());
        var first = await handler.HandleAsync(decider, stream, command, context, default);
        var second = await handler.HandleAsync(decider, stream, command, context, default);
        first.Revision.ShouldBe(before.Count + events - 1);
        second.Revision.ShouldBe(first.Revision, "the second run of the same command must append nothing");
        second.Events.Count.ShouldBe(events);
    }
}
