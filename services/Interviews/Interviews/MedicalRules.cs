using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>The forensic medical examination: inside its window, and before the interview when the child's needs say so.</summary>
internal static class MedicalRules
{
    public static Decision Plan(InterviewsCommand.PlanExamination command, ChildInterviews state)
    {
        if (FileRules.Changed(command.Child, state) is { } changed)
        {
            return changed;
        }

        // Whether it is in time tells the moment of abuse to whoever asks often enough: so neither yes nor no.
        if (command.Forensic && command.Blind)
        {
            return Decision.Refuse(
                "ask-who-sees-the-file",
                "A part of this file is kept from you until the interview, and when a forensic examination can be may follow from it. Ask the physician or an intake officer of the team to plan it.");
        }

        if (command.Forensic && command.Child.ForensicWindowEnds(command.Settings) is { } end && command.At > end)
        {
            return Decision.Refuse(
                "forensic-window",
                $"Traces are lost {command.Settings.ForensicWindowDays} days after the event. Plan it earlier, or as a medical examination that is not forensic.");
        }

        return Decision.Accept(new ExaminationPlanned(state.File!.ChildId, command.AppointmentId, Personal.Of(command.At), Personal.Of(command.Forensic), command.Place));
    }

    public static Decision Record(InterviewsCommand.RecordExamination command, ChildInterviews state) => state.Medical switch
    {
        { } medical when medical.AppointmentId == command.AppointmentId => medical.ExaminedAt is null
            ? Decision.Accept(new ExaminationDone(state.File!.ChildId, command.AppointmentId, Personal.Of(command.At)))
            : Decision.Refuse("already-examined", "This examination was recorded."),
        _ => Decision.Refuse("unknown-appointment", "There is no such appointment, or a later one took its place."),
    };

    /// <summary>Nothing may be asked that could influence or delay the examination, when the needs say that it comes first.</summary>
    public static Decision? First(KnownChild child, Interview interview, ChildInterviews state) =>
        child.Facts.Needs.MedicalFirst && state.Medical?.FirstExaminedAt is null && !child.IsWaived(interview, WaivableRule.MedicalFirst)
            ? Decision.Refuse(
                WaivableRule.MedicalFirst, "The forensic medical examination comes first for this child. Book the interview once it was done.")
            : null;
}
