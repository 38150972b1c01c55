using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>The service over HTTP with the roster of the cases, on the morning of 2 September 2026; one account per role on each child's team.</summary>
public sealed class InterviewHouse(ServiceFixture fixture) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 9, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Team =
    [
        Roles.IntakeOfficer, Roles.Interviewer, Roles.Psychologist, Roles.Prosecutor, Roles.ExaminingJudge, Roles.SafetyCoordinator, Roles.Medical,
        Roles.YouthCare, Roles.Lawyer,
    ];

    public IServiceProvider Services => fixture.Services;

    /// <param name="folder">A folder that outlives the house, for a restart.</param>
    /// <param name="clock">Domain time at the start.</param>
    /// <param name="beside">Other modules in the same host.</param>
    public static async Task<InterviewHouse> OpenAsync(
        string? folder = null, DateTimeOffset? clock = null, params ServiceModule[] beside)
    {
        var house = new InterviewHouse(await ServiceFixture.StartAsync([InterviewsModule.Module, .. beside], clock ?? Start, folder));
        await house.As(Roles.Planner).PostAsync("/interviews/v1/rosters", Roster).JsonAsync(200);
        await house.SettledAsync();
        return house;
    }

    /// <summary>The roster of the cases; the interviewers of these tests have their accounts on it.</summary>
    private static RosterDocument Roster => TestRoster.Document with
    {
        People = [.. TestRoster.Document.People.Select(person => person.Id switch
        {
            "i-brouwer" => person with { AccountId = Account(Roles.Interviewer) },
            "i-vos" => person with { AccountId = DerivedId.From("test-account/vos") },
            _ => person,
        })],
    };

    public static Guid Account(string role) => DerivedId.From($"test-account/{role}");

    public HttpClient As(string role) => fixture.As(Account(role), role);

    public HttpClient AsOutsider(string role) => fixture.As(DerivedId.From($"test-outsider/{role}"), role);

    /// <summary>A child with a team, as Intake would tell of it.</summary>
    public async Task<Guid> ChildAsync(ChildFacts facts, string region = "Midden-Nederland")
    {
        var childId = Guid.CreateVersion7();
        await TeamAsync(childId, [.. Team.Select(role => new MemberAdded(childId, Account(role), role))]);
        await LearnAsync(new ChildLearned(childId, 0, "open", null, region, Personal.Of(facts), null));
        return childId;
    }

    /// <summary>What Intake writes about who is on the team.</summary>
    public async Task TeamAsync(Guid childId, params IReadOnlyList<IEvent> changes)
    {
        var (log, stream) = (Services.GetRequiredService<IEventLog>(), AccessStream.Of(childId));
        var last = await log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, default);
        var encoded = await Services.GetRequiredService<EventCodec>().EncodeAsync(stream, changes, Context(), default);
        await log.AppendAsync(stream, last.Count == 0 ? StreamRevision.None : last[0].Revision, encoded, default);
        await SettledAsync();
    }

    /// <summary>What happened to a child's interviews before, past HTTP.</summary>
    public async Task HappenedAsync(Guid childId, params IReadOnlyList<IEvent> events)
    {
        var (log, stream) = (Services.GetRequiredService<IEventLog>(), ChildInterviews.StreamOf(childId));
        var last = await log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, default);
        await log.AppendAsync(stream, last[0].Revision, await Services.GetRequiredService<EventCodec>().EncodeAsync(stream, events, Context(), default), default);
        await SettledAsync();
    }

    public async Task LearnAsync(ChildLearned learned)
    {
        await Handler.HandleAsync(
            InterviewDecider.Decider, ChildInterviews.StreamOf(learned.ChildId), new InterviewsCommand.LearnChild(learned), Context(), default);
        await SettledAsync();
    }

    /// <summary>Tells the service over the bus how a file stands, its facts sealed as the sender's log has them.</summary>
    public async Task TellAsync(Guid childId, long revision, string status, Guid? mergedInto = null, DateTimeOffset? restrictedSince = null)
    {
        var sealedFacts = Services.GetRequiredService<PersonalData>().ToSealedField((await StateAsync(childId)).File!.Facts!);
        var source = new Source(Guid.CreateVersion7(), $"intake.child-{childId:D}", revision, Start, Guid.CreateVersion7());
        var message = new ChildFileChanged(source, childId, status, mergedInto, "Midden-Nederland", Start, Start, null, null, sealedFacts, restrictedSince);
        await Services.GetRequiredService<IMessageBus>().PublishAsync(message, source.EventId, source.CorrelationId, default);
        await SettledAsync();
    }

    /// <summary>Tells the service over the bus, as Turnaround would, that a child is in a case beside its own.</summary>
    public async Task TellCaseAsync(Guid caseId, Guid childId)
    {
        var source = new Source(Guid.CreateVersion7(), $"turnaround.case-{caseId:D}", 0, Start, Guid.CreateVersion7());
        await Services.GetRequiredService<IMessageBus>().PublishAsync(new ChildInCase(source, caseId, childId), source.EventId, source.CorrelationId, default);
        await SettledAsync();
    }

    public async Task<ChildInterviews> StateAsync(Guid childId) =>
        (await Handler.StateAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), default)).State;

    /// <summary>Sends a command past HTTP, as a service that crashed right after it would have.</summary>
    public Task SendAsync(Guid childId, InterviewsCommand command) =>
        Handler.HandleAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), command, Context(), default);

    public Task SettledAsync() => fixture.CaughtUpAsync();

    /// <summary>Reservations of the agenda, as the view shows them, under their status.</summary>
    public async Task<IReadOnlyList<string>> AgendaAsync(Guid childId)
    {
        await SettledAsync();
        return [.. Services.GetRequiredService<AgendaDays>().Image.Values
            .SelectMany(day => day.Reservations.Values)
            .Where(reservation => reservation.ChildId == childId)
            .OrderBy(reservation => reservation.StartsAt)
            .Select(reservation => $"{reservation.StartsAt:MM-dd HH:mm} {reservation.RoomId} {reservation.Status}")];
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    /// <summary>Waits for what a reaction does by itself.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await holds())
            {
                await SettledAsync();
                return;
            }

            await Task.Delay(50);
        }

        throw new ShouldAssertException($"Waited 10 s in vain for: {what}.");
    }

    private CommandHandler Handler => Services.GetRequiredService<CommandHandler>();

    private CommandContext Context()
    {
        var id = Guid.CreateVersion7();
        return new CommandContext(id, Actor.System("test"), null, Services.GetRequiredService<DomainClock>().Now, id);
    }
}
