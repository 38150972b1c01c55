using System.Collections.Immutable;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;
using Barnahus.Testing;

namespace Barnahus.Safety.Tests.Children;

/// <summary>Words that the specifications of a child's safety share. The child is Nuria (case 05).</summary>
public abstract class SafetySpec() : DeciderSpec<SafetyCommand, ChildSafety>(ChildSafetyDecider.Decider)
{
    protected static readonly Guid Child = Guid.Parse("01990000-0000-7000-8000-000000000005");
    protected static readonly Guid Coordinator = Guid.Parse("01990000-0000-7000-8000-0000000000c1");
    protected static readonly Guid Father = Guid.Parse("01990000-0000-7000-8000-0000000000f1");
    protected static readonly Guid MeasureId = Guid.Parse("01990000-0000-7000-8000-0000000000a1");
    protected static readonly Guid ReassessmentId = Guid.Parse("01990000-0000-7000-8000-0000000000b1");
    protected static readonly Guid AssessmentId = Guid.Parse("01990000-0000-7000-8000-0000000000d1");
    protected static readonly Guid OtherChild = Guid.Parse("01990000-0000-7000-8000-000000000055");
    protected static readonly SafetyTerms Terms = SafetyTerms.Shipped();
    protected static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected static readonly MeasureContent PhoneSwap =
        new("phone-swap", "A tracking app was found on the phone.", "Politie", "J. de Boer", "New number known to the coordinator only.");

    protected static readonly RiskContent Risk = new("high", ["threatened for a year"], ["father supports her"], "The suspect is at large.", "Ik ben bang.");

    protected static LearnedFile File(
        long revision = 3, string status = "open", Guid? mergedInto = null, bool suspected = false, bool mayBeInformed = true, Guid? coordinator = null) => new(
        revision, status, mergedInto, "Amsterdam", Now - Day, coordinator ?? Coordinator,
        Personal.Of(new LearnedFacts(new DateOnly(2008, 12, 19), true, [new LearnedRepresentative(Father, "father", suspected, mayBeInformed)])));

    protected static FileLearned Learned(LearnedFile file) =>
        new(Child, file.Revision, file.Status, file.MergedInto, file.Region, file.OpenedAt, file.CoordinatorId, file.Facts);

    protected static LearnFile Learn(LearnedFile file, params ImmutableArray<SuspectedRepresentative> suspected) =>
        new(Child, Now, file, suspected, Now, Day);

    protected static MeasureProposed Proposed(DateTimeOffset? end = null) =>
        new(Child, MeasureId, Now - Day, end, Personal.Of(Now), Now - Day, Personal.Of(PhoneSwap));

    protected static MeasureActivated Activated => new(Child, MeasureId, Now - Day);

    protected static MeasureConfirmed Confirmed => new(Child, MeasureId, Now - Day, null);

    protected static TriggerContent Trigger(string type, DateTimeOffset? eventAt = null) => new(type, "What happened.", eventAt, null);

    protected static ReassessmentOpened Opened(Guid? id = null, string type = "runaway") =>
        new(Child, id ?? ReassessmentId, Now - Day, Personal.Of(Now), Personal.Of(Trigger(type)));

    protected static RiskAssessed Assessed => new(Child, AssessmentId, 1, Now - Day, null, Personal.Of(Risk));

    protected static ContactContent Contact(string relation = "father", IReadOnlyList<string>? told = null, IReadOnlyList<string>? notTold = null) =>
        new("F. El Amrani", relation, "+31000000001", told ?? [], notTold ?? [], null);

    protected static ImmutableArray<LearnedRepresentative>? Parents(bool suspected = false, bool mayBeInformed = true) =>
        [new LearnedRepresentative(Father, "father", suspected, mayBeInformed)];
}
