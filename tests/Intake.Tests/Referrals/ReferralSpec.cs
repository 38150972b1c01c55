using Barnahus.Intake.Referrals;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Referrals;

/// <summary>What the specs of a referral share.</summary>
public abstract class ReferralSpec() : DeciderSpec<ReferralCommand, Referral>(ReferralDecider.Decider)
{
    protected const string Region = "Midden-Nederland";
    protected static readonly Guid Id = DerivedId.From("referral");
    protected static readonly Guid Child = DerivedId.From("child");
    protected static readonly Guid Officer = DerivedId.From("officer");
    protected static readonly Guid Coordinator = DerivedId.From("coordinator");
    protected static readonly ReferralContent Content = Cases.Content(1);

    protected static readonly IEvent Received =
        new ReferralReceived("urn:nld:oin:00000000000099900007", Now, Now, Region, false, Personal.Of(Content)) { ReferralId = Id };

    protected static readonly IEvent Searched = new ReferralSearched(Now, []) { ReferralId = Id };

    protected static readonly IEvent Triaged = new ReferralTriaged(
        Now, Personal.Of(new TriageOutcome(["signals"], true, ["disclosure-by-child"], ["team-zeden"], [new("team-zeden", Region)])), null, null, null) { ReferralId = Id };

    protected static readonly IEvent Accepted =
        new ReferralAccepted(Now, true, Region, Officer, Coordinator, []) { ReferralId = Id, ChildId = Child };

    protected static readonly IEvent Closed = new ReferralClosed(Now, Personal.Of("Dubbel")) { ReferralId = Id };

    protected static AcceptReferral Accept(Guid? child = null, Guid? coordinator = null, string? region = null) =>
        new(Now, child ?? Child, true, region, Officer, coordinator ?? Coordinator, []);
}
