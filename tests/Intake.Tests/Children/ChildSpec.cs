using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Children;

/// <summary>What the specs of a child's file share: the file of case 01.</summary>
public abstract class ChildSpec() : DeciderSpec<ChildCommand, ChildFile>(new FileOpener(new PersonalData(Keys)).Decider)
{
    private static readonly IKeyVault Keys = new MemoryKeyVault();

    protected const string Region = "Midden-Nederland";
    protected static readonly Guid Child = DerivedId.From("child");
    protected static readonly Guid Referral = DerivedId.From("referral");
    protected static readonly Guid Other = DerivedId.From("other");
    protected static readonly Guid Coordinator = DerivedId.From("coordinator");
    protected static readonly ReferralContent Content = Cases.Content(1);
    protected static readonly OpenedFile File = OpenedFile.Empty with { Referrals = [new(Referral, Now, Content)] };

    protected static readonly IEvent Opened =
        new FileOpened(Now, Referral, Now, Region, Coordinator, Personal.Of(Content)) { ChildId = Child };

    protected override IKeyVault Vault => Keys;

    protected static readonly IEvent AssessmentTask = new TaskArisen(Now, Personal.Of(TaskKinds.IndividualAssessment), null) { ChildId = Child };

    protected static readonly IEvent Closed = new FileClosed(Now, Personal.Of("Klaar")) { ChildId = Child };

    protected static readonly IEvent Merged = new FileMerged(Now, Other) { ChildId = Child };

    /// <summary>An event as it ends a change after which the file says this.</summary>
    protected static ChildEvent Telling(ChildEvent last, OpenedFile after) => last with { Facts = Personal.Of(after.Facts()) };

    /// <summary>What a file says after these events.</summary>
    protected OpenedFile OpenedAfter(params IReadOnlyList<IEvent> events) => new FileOpener(new PersonalData(Keys)).Open(Fold(events))!;

    protected static OpenedFile Of(int caseNumber, Guid? referral = null) =>
        OpenedFile.Empty with { Referrals = [new(referral ?? Referral, Cases.Time(caseNumber), Cases.Content(caseNumber))] };
}
