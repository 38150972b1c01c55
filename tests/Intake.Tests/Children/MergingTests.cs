using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Children;

/// <summary>Two who ask for one merge at once: the second comes when the team was taken over, and the content was not yet.</summary>
public sealed class MergingTests
{
    private static readonly DateTimeOffset Now = Cases.Time(12);
    private static readonly Guid Target = DerivedId.From("target");
    private static readonly Guid From = DerivedId.From("from");
    private static readonly TeamMember Officer = new(DerivedId.From("officer"), Roles.IntakeOfficer);
    private static readonly TeamMember Psychologist = new(DerivedId.From("psychologist"), Roles.Psychologist);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_team_is_taken_over_once_and_who_was_taken_off_since_stays_off(bool onBothTeams)
    {
        await using var temporary = new TemporaryLog();
        var vault = new MemoryKeyVault();
        var codec = new EventCodec(TestEvents.Of(typeof(Merging).Assembly, typeof(MemberAdded).Assembly), vault);
        var handler = new CommandHandler(temporary.Log, codec);
        var files = FilesOf(handler);
        foreach (var (child, number) in new[] { (Target, 2), (From, 12) })
        {
            var content = Cases.Content(number);
            await files.HandleAsync(
                child,
                new OpenFile(child, DerivedId.From(child, "referral"), Now, "Midden-Nederland", Officer.AccountId, content)
                {
                    Now = Now,
                    After = OpenedFile.Empty with { Referrals = [new(DerivedId.From(child, "referral"), Now, content)] },
                },
                Context(child, "open"),
                default);
            TeamMember[] members = child == From || onBothTeams ? [Officer, Psychologist] : [Officer];
            await handler.HandleAsync(TeamDecider.Decider, AccessStream.Of(child), new AddMembers(child, members, []), Context(child, "team"), default);
        }

        await files.HandleAsync(Target, new PrepareMerge(From, "Zelfde kind") { Now = Now }, Context(Target, "merge"), default);
        var between = new CommandHandler(new BetweenLog(temporary.Log, ChildFile.Stream(Target), SecondAsync), codec);
        await new Merging(between, FilesOf(between), new PersonalData(vault)).FinishAsync(Target, From, Now, Context(Target, "merge"), default);

        (await files.StateAsync(Target, default)).State.Absorbed.ShouldContain(From);
        var (team, _) = await handler.StateAsync(TeamDecider.Decider, AccessStream.Of(Target), default);
        team.Members.ShouldBe([(Officer.AccountId, Officer.Role)]);

        async Task SecondAsync()
        {
            await handler.HandleAsync(
                TeamDecider.Decider, AccessStream.Of(Target), new RemoveMember(Target, Psychologist.AccountId, Psychologist.Role), Context(Target, "remove"), default);
            await new Merging(handler, files, new PersonalData(vault)).FinishAsync(
                Target, From, Now, Context(Target, "merge again") with { BodyMark = "another" }, default);
        }

        ChildFiles FilesOf(CommandHandler by) => new(by, new FileOpener(new PersonalData(vault)));
    }

    private static CommandContext Context(Guid child, string step)
    {
        var id = DerivedId.From(child, step);
        return new(id, Actor.System("test"), null, Now, id) { BodyMark = step };
    }

    /// <summary>The log, in which something happens before the first append to a stream.</summary>
    private sealed class BetweenLog(IEventLog real, string stream, Func<Task> happens) : IEventLog
    {
        private bool _happened;

        public async Task<Appended> AppendAsync(string to, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
        {
            if (to == stream && !_happened)
            {
                _happened = true;
                await happens();
            }

            return await real.AppendAsync(to, expectedRevision, events, cancellationToken);
        }

        public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
            string from, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) =>
            real.ReadStreamAsync(from, fromRevision, maxCount, direction, cancellationToken);

        public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
            real.ReadAllAsync(after, maxCount, cancellationToken);

        public Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) => real.ReadAtAsync(position, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, CancellationToken cancellationToken) => real.FollowAsync(after, cancellationToken);

        public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => real.HeadAsync(cancellationToken);
    }
}
