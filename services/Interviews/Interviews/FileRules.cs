using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>The child's file: what Intake says of it, and what two merged files come to.</summary>
internal static class FileRules
{
    public static Decision Learn(InterviewsCommand.LearnChild command, ChildInterviews state) =>
        state.File is { } file && command.Learned.SourceRevision <= file.SourceRevision
            ? Decision.Nothing
            : Decision.Accept(command.Learned);

    /// <summary>
    /// Takes over what the other file holds, each interview once. A file that was itself merged takes it too, and passes it on:
    /// messages of two merges may arrive in any order.
    /// </summary>
    public static Decision CarryOver(InterviewsCommand.CarryOver command, ChildInterviews state)
    {
        var events = new List<IEvent>();
        if (command.SuspectDecision is { } decision && state.SuspectDecision is null)
        {
            events.Add(new SuspectStatusDecided(command.ChildId, decision));
        }

        if (BothTimes(command, state) is { } times)
        {
            events.Add(new ChildTimesRecorded(command.ChildId, Personal.Of(times)));
        }

        if (command.Medical is { } medical && ComesFirst(medical, command, state))
        {
            events.Add(new ExaminationPlanned(command.ChildId, medical.AppointmentId, medical.AppointmentAt, medical.Forensic, medical.Place));
        }

        if (command.Medical is { FirstExaminedAt: { } examined } done && state.Medical?.FirstExaminedAt is null)
        {
            events.Add(new ExaminationDone(command.ChildId, done.AppointmentId, examined));
        }

        events.AddRange(command.Interviews
            .Where(interview => state.Find(interview.InterviewId) is null)
            .Select(interview => new InterviewCarriedOver(command.ChildId, command.FromChildId, interview)));
        return Decision.Accept(events);
    }

    /// <summary>
    /// The times of both files; null when this file's stay as they are. How far the child lives stays as it was recorded here. What once stood here and
    /// was taken back does not return: the other file may be told of more than once.
    /// </summary>
    private static ChildTimes? BothTimes(InterviewsCommand.CarryOver command, ChildInterviews state)
    {
        if (state.Times is null || command.There.Times is not { } theirs)
        {
            return command.There.Times;
        }

        var more = theirs.OwnTimes.Except(command.Here.EverRecorded).ToList();
        return more.Count > 0 && command.Here.Times is { } ours ? ours with { OwnTimes = [.. ours.OwnTimes, .. more] } : null;
    }

    /// <summary>
    /// Whether the other file's appointment takes the place of this one's. Only a forensic one does, of one that is not or is later: traces do not wait.
    /// One that stood here once does not return.
    /// </summary>
    private static bool ComesFirst(MedicalExamination medical, InterviewsCommand.CarryOver command, ChildInterviews state) => state.Medical switch
    {
        null => true,
        { FirstExaminedAt: not null } => false,
        _ when medical.FirstExaminedAt is not null || state.Appointments.Contains(medical.AppointmentId) => false,
        _ => command.There.Forensic && (!command.Here.Forensic || command.There.AppointmentAt < command.Here.AppointmentAt),
    };

    /// <summary>A refusal when nothing may be done under this file.</summary>
    public static Decision? InTheWay(ChildInterviews state) => state.File switch
    {
        null => Decision.Refuse("unknown-child", "Interviews has not heard of this child's file yet. Try again in a moment."),
        { Status: "merged", MergedInto: var into } => Decision.Refuse(
            "file-merged", $"This file was merged into another one of the same child: go on in file {into:D}."),
        { Status: "closed" } => Decision.Refuse("file-closed", "The child's file is closed. Reopen it at Intake first."),
        _ => null,
    };

    /// <summary>The rule of <see cref="Changed"/>.</summary>
    public const string FileChanged = "child-file-changed";

    /// <summary>A refusal when the decision was made on an older version of the file than the one that now stands.</summary>
    public static Decision? Changed(KnownChild child, ChildInterviews state) =>
        child.Revision == state.File!.SourceRevision
            ? null
            : Decision.Refuse(FileChanged, "What is known of the child changed while you decided. Read it again and decide again.");
}
