using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>A caller at the file of one child: what all commands about a child's interviews have in common.</summary>
public sealed class ChildDesk(Caller caller, AccessGate gate, ChildAccess access, CommandHandler handler, PersonalData personal, BookingReview review)
{
    private const int MostAttempts = 5;
    private CommandContext? _context;

    /// <summary>Context of this request's command.</summary>
    public CommandContext Context => _context ??= caller.Command();

    public Caller Caller => caller;

    /// <summary>The file, its facts opened for a decision.</summary>
    /// <exception cref="UnknownException">The caller is not on the team, or there is no such child.</exception>
    public async Task<OpenedFile> OpenAsync(Guid childId, CancellationToken cancellationToken)
    {
        gate.RequireMember(childId);
        var (state, _) = await handler.StateAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), cancellationToken);
        return state.File is { } file
            ? new OpenedFile(childId, state, new KnownChild(file.SourceRevision, FactsOf(file)) { Waived = WaivedIn(state, personal) }, Moment(state.Medical?.AppointmentAt),
                Moment(state.Medical?.FirstExaminedAt), TimesOf(state))
            : throw new UnknownException();
    }

    /// <summary>The file and one interview in it.</summary>
    /// <exception cref="UnknownException">As for the file; or the child has no such interview.</exception>
    /// <exception cref="RefusedException">An examining judge has a part in hearings only.</exception>
    public async Task<(OpenedFile File, Interview Interview)> OpenAsync(Guid childId, Guid interviewId, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(childId, cancellationToken);
        var interview = file.State.Find(interviewId) ?? throw new UnknownException();
        return caller.Role == Roles.ExaminingJudge && interview.Kind != InterviewKind.RcHearing
            ? throw new RefusedException("hearings-only", "The examining judge has a part in hearings (rc-hearing) only.")
            : (file, interview);
    }

    /// <inheritdoc cref="BookingReview.IsBlind"/>
    internal bool IsBlind(OpenedFile file) => BookingReview.IsBlind(gate, file.State);

    /// <summary>Who is kept from this child's interview: conflicts of interest, and who could have read what is restricted until then.</summary>
    internal KeptOut KeptOut(OpenedFile file) => new(
        [.. access.Conflicts(file.ChildId)],
        file.State.File!.RestrictedSince is { } since ? [.. access.CouldRead(file.ChildId, since)] : []);

    /// <summary>
    /// Opens the file and decides; once more when Intake's news of the child came in between, so that nobody is refused for what they did not see.
    /// Who says what they saw (If-Match) is told that it is stale.
    /// </summary>
    /// <param name="decide">Opens, sends and answers; nothing of it may outlast a refusal.</param>
    public static async Task<TAnswer> OnFileAsync<TAnswer>(Func<Task<TAnswer>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await decide();
            }
            catch (RefusedException refused) when (refused.Rule == FileRules.FileChanged && attempt < MostAttempts)
            {
                // What was decided on is no longer so: look again.
            }
        }
    }

    /// <summary>Sends a command and answers with the interview's short form.</summary>
    public async Task<Answer<InterviewShort>> ChangeAsync(Guid childId, InterviewsCommand.OfInterview command, CancellationToken cancellationToken)
    {
        await OpenAsync(childId, command.InterviewId, cancellationToken);
        var result = await SendAsync(childId, command, cancellationToken);
        return Reply.Changed(result, Short(result.State, childId, command.InterviewId));
    }

    public Task<CommandResult<ChildInterviews>> SendAsync(Guid childId, InterviewsCommand command, CancellationToken cancellationToken) =>
        handler.HandleAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), command, Context, cancellationToken);

    /// <inheritdoc cref="CommandHandler.DoneAsync"/>
    public Task<CommandResult<ChildInterviews>?> DoneAsync(Guid childId, CancellationToken cancellationToken) =>
        handler.DoneAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), Context, cancellationToken);

    /// <summary>What a command on an interview answers.</summary>
    public InterviewShort Short(ChildInterviews state, Guid childId, Guid interviewId)
    {
        var interview = state.Find(interviewId)!;
        return new(
            childId,
            interviewId,
            interview.Kind,
            interview.Status,
            interview.Advice.Count,
            interview.Booking?.Start,
            review.Warnings(state, interview, gate)?.ValueOrDefault ?? []);
    }

    private ChildTimes? TimesOf(ChildInterviews state) => state.Times is { } times ? personal.Open(times).ValueOrDefault : null;

    private DateTimeOffset? Moment(Personal<DateTimeOffset>? at) =>
        at is not null && personal.Open(at) is { DestroyedRegime: null, ValueOrDefault: var moment } ? moment : null;

    /// <summary>Rules that were set aside, opened.</summary>
    internal static IReadOnlyList<WaivedRule> WaivedIn(ChildInterviews state, PersonalData personal) =>
    [
        .. from interview in state.Interviews
           from waiver in interview.Waivers
           let rule = waiver.Rule is null ? null : personal.Open(waiver.Rule).ValueOrDefault
           where rule is not null
           select new WaivedRule(interview.InterviewId, rule),
    ];

    private ChildFacts FactsOf(LearnedFile file) => file.Facts is null
        ? new ChildFacts(null, null, null, null, false, null, false, false, [], new(), [])
        : personal.Open(file.Facts).ValueOrDefault
            ?? throw new RefusedException("erased", "The data of this child was destroyed; nothing can be decided on it any more.");
}

/// <summary>The interviews of a child, and what is known of it.</summary>
/// <param name="ExaminationAt">When the medical examination is planned; null when it is not, or that was destroyed.</param>
/// <param name="ExaminedAt">When the child was first examined; null when it was not, or that was destroyed.</param>
/// <param name="Times">The child's own times; null when nobody recorded them, or they were destroyed.</param>
public sealed record OpenedFile(
    Guid ChildId, ChildInterviews State, KnownChild Child, DateTimeOffset? ExaminationAt, DateTimeOffset? ExaminedAt, ChildTimes? Times);

/// <summary>Where an interview stands after a command.</summary>
/// <param name="Kind">E.g. <c>forensic</c>.</param>
/// <param name="Status">E.g. <c>booked</c>.</param>
/// <param name="AdviceVersion">Number of the latest advice; 0 while there is none.</param>
/// <param name="BookedFor">When it starts, UTC.</param>
/// <param name="Warnings">Codes of what does not refuse a booking and should be known.</param>
public sealed record InterviewShort(
    Guid ChildId, Guid InterviewId, string Kind, string Status, int AdviceVersion, DateTimeOffset? BookedFor, IReadOnlyList<string> Warnings);
