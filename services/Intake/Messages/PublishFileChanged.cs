using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Intake.Views;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Messages;

/// <summary>Every change of a child's file tells the other services how the file stood then: the whole state, facts sealed.</summary>
public sealed class PublishFileChanged(IEventLog log, EventCodec codec, PersonalData personal) : IPublication
{
    private const int PageSize = 500;

    public IReadOnlyCollection<Type> Of { get; } =
        [.. typeof(ChildEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ChildEvent)))];

    public async ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        var file = await AsOfAsync(recorded.Envelope.Stream, recorded.Envelope.Revision, cancellationToken);
        return new ChildFileChanged(
            recorded.Source(),
            file.Id,
            file.Status.Code(),
            file.MergedInto,
            file.Region,
            file.OpenedAt,
            file.ReportedAt,
            file.AssessedAt,
            file.SafetyCoordinatorId,
            file.Facts is null ? null : personal.ToSealedField(file.Facts),
            file.RestrictedUntilInterviewSince);
    }

    /// <summary>Up to that revision and no further: the same event gives the same message, however late it is published.</summary>
    private async Task<ChildFile> AsOfAsync(string stream, long revision, CancellationToken cancellationToken)
    {
        var file = ChildFile.Initial;
        for (long next = 0; next <= revision;)
        {
            var page = await log.ReadStreamAsync(stream, next, (int)Math.Min(PageSize, revision - next + 1), ReadDirection.Forwards, cancellationToken);
            file = page.Aggregate(file, (state, logged) => ChildFile.Evolve(state, codec.Decode(logged).Event));
            next = page.Count > 0 ? page[^1].Revision + 1 : throw new InvalidOperationException("The stream ends before an event that was read from it.");
        }

        return file;
    }
}
