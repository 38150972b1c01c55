using System.Collections.Concurrent;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;
using Barnahus.Platform.Views;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>The smallest service that uses every part of the platform: a note about a child, which is echoed over the bus and becomes due.</summary>
public static class ToyModule
{
    public static readonly ServiceModule Module = new(
        "toy",
        services => services
            .AddSingleton(new EventSource("toy", [typeof(NoteWritten), typeof(NoteEchoed), typeof(NoteCounted), typeof(NoteRang), typeof(NoteSeen)]))
            .AddView<Notes>().AddPublication<PublishNote>().AddReaction<CountNotes>().AddTimer<RingNotes>().AddSingleton<Faults>(),
        bus => bus.AddConsumer<OnNote>(),
        routes =>
        {
            var toy = routes.MapService("toy");
            toy.MapPost("/children/{childId:guid}/notes", async (Guid childId, NewNote note, Caller caller, AccessGate gate, CommandHandler handler, CancellationToken token) =>
            {
                gate.RequireMember(childId);
                var result = await handler.HandleAsync(Toy.Decider, Toy.Stream(childId), new WriteNote(childId, note.Text), caller.Command(), token);
                return Reply.Changed(result, new { notes = result.State.Written });
            }).Allow(Roles.Interviewer);
            toy.MapPost("/children/{childId:guid}/seen-notes", async (Guid childId, NewNote note, Caller caller, AccessGate gate, CommandHandler handler, CancellationToken token) =>
            {
                gate.RequireMember(childId);
                gate.Require(childId, DataGroup.File);
                var result = await handler.HandleAsync(Toy.Decider, Toy.Stream(childId), new WriteNote(childId, note.Text), caller.Command(), token);
                return Reply.Changed(result, new { notes = result.State.Written });
            }).Allow(Roles.Interviewer);
            toy.MapGet("/children/{childId:guid}/notes", (Guid childId, AccessGate gate, Notes notes, PersonalData personal) =>
            {
                gate.Require(childId, DataGroup.File);
                var row = notes.Of(childId) ?? throw new UnknownException();
                return Reply.Read(new { text = personal.Open(row.Text), row.Echoed, row.Counted, row.Rang }, row.Revision);
            }).Allow(Roles.Interviewer);
            toy.MapGet("/late/{childId:guid}", (Guid childId, Caller caller) => Reply.Read(Enumerable.Range(0, 1).Select(number =>
                {
                    caller.Saw(SubjectId.Child(childId), "late");
                    return number;
                })))
                .Allow(Roles.Interviewer);
            toy.MapGet("/closed", () => "nobody is allowed here");
        });
}

public sealed record NewNote(string Text);

public sealed record WriteNote(Guid ChildId, string Text);

[EventType("toy.note-written.v1")]
public sealed record NoteWritten(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> Text) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("toy.note-echoed.v1")]
public sealed record NoteEchoed(Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("toy.note-counted.v1")]
public sealed record NoteCounted(Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("toy.note-rang.v1")]
public sealed record NoteRang(Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>No view folds it.</summary>
[EventType("toy.note-seen.v1")]
public sealed record NoteSeen(Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[TakenBy("tests")]
public sealed record NoteSaid(Guid ChildId);

public sealed record Toy(int Written)
{
    public static readonly Decider<object, Toy> Decider = new(new Toy(0), Decide, (state, e) => e is NoteWritten ? new Toy(state.Written + 1) : state);

    public static string Stream(Guid childId) => $"toy.child-{childId:D}";

    private static Decision Decide(object command, Toy state) => command switch
    {
        WriteNote when state.Written >= 3 => Decision.Refuse("three-notes", "Three notes are enough; close one first."),
        WriteNote write => Decision.Accept(new NoteWritten(write.ChildId, Personal.Of(write.Text))),
        IEvent e => Decision.Accept(e),
        _ => Decision.Nothing,
    };
}

public sealed class Notes : View
{
    private readonly ConcurrentDictionary<Guid, Row> _rows = new();

    public Notes()
    {
        On<NoteWritten>((e, envelope) => _rows[e.ChildId] = (Of(e.ChildId) ?? new Row()) with { Text = e.Text, Revision = envelope.Revision, At = envelope.OccurredAt });
        On<NoteEchoed>(e => _rows[e.ChildId] = _rows[e.ChildId] with { Echoed = _rows[e.ChildId].Echoed + 1 });
        On<NoteCounted>(e => _rows[e.ChildId] = _rows[e.ChildId] with { Counted = _rows[e.ChildId].Counted + 1 });
        On<NoteRang>(e => _rows[e.ChildId] = _rows[e.ChildId] with { Rang = _rows[e.ChildId].Rang + 1 });
    }

    public IEnumerable<(Guid ChildId, Row Row)> All => _rows.Select(pair => (pair.Key, pair.Value));

    /// <summary>What is thrown once the views have caught up; null: nothing.</summary>
    public Exception? Unsettled { get; set; }

    public override void Settle()
    {
        if (Unsettled is { } failure)
        {
            throw failure;
        }
    }

    public Row? Of(Guid childId) => _rows.GetValueOrDefault(childId);

    public sealed record Row
    {
        public Personal<string> Text { get; init; } = Personal.Of("");

        public long Revision { get; init; }

        public DateTimeOffset At { get; init; }

        public int Echoed { get; init; }

        public int Counted { get; init; }

        public int Rang { get; init; }
    }
}

public sealed class PublishNote : IPublication
{
    public IReadOnlyCollection<Type> Of => [typeof(NoteWritten)];

    public ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken) =>
        new(new NoteSaid(((NoteWritten)recorded.Event).ChildId));
}

/// <summary>How often the consumer still fails.</summary>
public sealed class Faults
{
    private int _left;

    public int Left
    {
        get => Volatile.Read(ref _left);
        set => Volatile.Write(ref _left, value);
    }

    /// <summary>What is thrown.</summary>
    public Func<Exception> With { get; set; } = () => new InvalidOperationException("The consumer was told to fail.");

    public void Throw()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            throw With();
        }
    }
}

public sealed class OnNote(CommandHandler handler, DomainClock clock, Faults faults) : IConsumer<NoteSaid>
{
    public Task Consume(ConsumeContext<NoteSaid> context)
    {
        faults.Throw();
        return handler.HandleAsync(
            Toy.Decider, Toy.Stream(context.Message.ChildId), new NoteEchoed(context.Message.ChildId), context.CommandContext("toy", clock), context.CancellationToken);
    }
}

public sealed class CountNotes(CommandHandler handler) : IReaction
{
    public string Name => "toy-count";

    public IReadOnlyCollection<Type> To => [typeof(NoteWritten)];

    public Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        var child = ((NoteWritten)recorded.Event).ChildId;
        return handler.HandleAsync(Toy.Decider, Toy.Stream(child), new NoteCounted(child), context, cancellationToken);
    }
}

public class RingNotes(Notes notes, CommandHandler handler, TimeSpan after) : IServiceTimer
{
    public RingNotes(Notes notes, CommandHandler handler)
        : this(notes, handler, TimeSpan.FromMinutes(10))
    {
    }

    public string Name => $"toy-ring-{after.TotalMinutes}";

    public IEnumerable<DueItem> Due(DateTimeOffset now) => notes.All
        .Where(note => note.Row.Rang == 0 && note.Row.At + after <= now)
        .Select(note => new DueItem($"note:{note.ChildId:D}", note.Row.At + after, SubjectId.Child(note.ChildId)));

    public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(Toy.Decider, Toy.Stream(item.Subject.Id), new NoteRang(item.Subject.Id), context, cancellationToken);
}

public sealed class RingAtOnce(Notes notes, CommandHandler handler) : RingNotes(notes, handler, TimeSpan.Zero);
