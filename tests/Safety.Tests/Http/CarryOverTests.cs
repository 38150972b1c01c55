using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Messages;
using Barnahus.Safety.Terms;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Safety.Tests.Http;

/// <summary>What a merged file leaves is taken over by whoever holds the child in the end, even when that changes between the look and the command.</summary>
public sealed class CarryOverTests
{
    [Fact]
    public async Task An_heir_that_is_merged_meanwhile_leaves_it_to_its_own()
    {
        await using var house = await SafetyHouse.StartedAsync();
        await house.AcceptAsync();
        var (into, last) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.TellAsync(into, 1);
        await house.TellAsync(last, 1);
        var services = house.Fixture.Services;
        var (log, codec) = (services.GetRequiredService<IEventLog>(), services.GetRequiredService<EventCodec>());
        var merged = new FileLearned(house.Child, 5, "merged", into, "Amsterdam", SafetyHouse.Opened, house.Coordinator, null);
        await house.AppendAsync(ChildSafety.Stream(house.Child), merged);
        var recorded = codec.Decode((await log.ReadStreamAsync(ChildSafety.Stream(house.Child), 0, 100, ReadDirection.Forwards, default))
            .Last(one => codec.Decode(one).Event is FileLearned));

        var meanwhile = new MeanwhileLog(log, ChildSafety.Stream(into), () => house.TellAsync(into, 2, status: "merged", mergedInto: last));
        var reaction = new CarryOverOnMerge(
            new CommandHandler(meanwhile, codec), services.GetRequiredService<PersonalData>(), services.GetRequiredService<SafetyTerms>());
        var id = Guid.CreateVersion7();
        await reaction.ReactAsync(recorded, new CommandContext(id, Actor.System("test"), null, SafetyHouse.Opened, id), default);

        var heir = await log.ReadStreamAsync(ChildSafety.Stream(last), 0, 100, ReadDirection.Forwards, default);
        heir.Select(one => codec.Decode(one).Event).OfType<FileTakenOver>().ShouldContain(taken => taken.From == house.Child);
    }

    /// <summary>The log, in which something happens between the first and the second time a stream is read.</summary>
    private sealed class MeanwhileLog(IEventLog real, string between, Func<Task> happens) : IEventLog
    {
        private int _reads;

        public async Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
            string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken)
        {
            if (stream == between && ++_reads == 2)
            {
                await happens();
            }

            return await real.ReadStreamAsync(stream, fromRevision, maxCount, direction, cancellationToken);
        }

        public Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken) =>
            real.AppendAsync(stream, expectedRevision, events, cancellationToken);

        public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
            real.ReadAllAsync(after, maxCount, cancellationToken);

        public Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) => real.ReadAtAsync(position, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, CancellationToken cancellationToken) => real.FollowAsync(after, cancellationToken);

        public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => real.HeadAsync(cancellationToken);
    }
}
