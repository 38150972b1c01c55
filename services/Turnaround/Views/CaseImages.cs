using System.Collections.Concurrent;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Views;

/// <summary>All cases, and when each next alert falls due.</summary>
public sealed class CaseImages : View
{
    private readonly ConcurrentDictionary<Guid, CaseImage> _cases = new();

    /// <param name="opener">Opens clocks when something over all of them is asked for.</param>
    public CaseImages(CaseOpener opener)
    {
        Reckoned = new(opener);
        Fold<CaseOpened>();
        Fold<ChildFileLearned>();
        Fold<InterviewsLearned>();
        Fold<CaseNumbered>();
        Fold<MilestoneReached>((e, by) => e.Correction is null ? null : Note("correction", null, e, by, e.Correction));
        Fold<CaseMerged>();
        Fold<CaseTakenOver>();
        Fold<ClockStarted>();
        Fold<ClockCorrected>();
        Fold<ClockStopped>();
        Fold<ClockReopened>();
        Fold<ClockWithdrawn>();
        Fold<ClockSuspended>((e, by) => Note("suspension", e.ClockId, e, by, e.Reason));
        Fold<ClockResumed>((e, by) => Note("resumption", e.ClockId, e, by, null));
        Fold<ClockExtended>((e, by) => Note("extension", e.ClockId, e, by, e.Reason));
        Fold<TargetSet>((e, by) => Note("target", e.ClockId, e, by, e.Plan));
        Fold<ClockAlerted>();
    }

    public IEnumerable<CaseImage> All => _cases.Values;

    /// <summary>What is computed over all clocks.</summary>
    internal ReckonedClocks Reckoned { get; }

    public CaseImage? Find(Guid caseId) => _cases.GetValueOrDefault(caseId);

    private static CaseNote Note(string kind, Guid? clockId, ICaseEvent e, Envelope by, Personal<string>? why) =>
        new(kind, clockId, e.ChildId, by.OccurredAt, by.Actor.AccountId, by.Actor.Role, why);

    private void Fold<TEvent>(Func<TEvent, Envelope, CaseNote?>? note = null)
        where TEvent : ICaseEvent => On<TEvent>((e, envelope) =>
    {
        var image = _cases.GetValueOrDefault(e.CaseId) ?? CaseImage.Initial;
        var said = note?.Invoke(e, envelope);
        var changed = new CaseImage(Case.Evolve(image.Case, e), envelope.Revision, said is null ? image.Notes : image.Notes.Add(said));
        _cases[e.CaseId] = changed;
        Reckoned.Changed(changed);
    });
}
