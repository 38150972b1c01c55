using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Timeline.Tests;

/// <summary>Events as other services write them, known to these tests and not to Timeline, and their sentences.</summary>
internal static class SampleServices
{
    public static readonly EventTypes Types = new(
    [
        new EventSource("intake", [typeof(Received), typeof(Accepted), typeof(JoinCorrected), typeof(Restricted), typeof(Lifted), typeof(Absorbed)]),
        new EventSource("interviews", [typeof(Booked), typeof(SuspectExpected)]),
        new EventSource("safety", [typeof(Stays)]),
        new EventSource("identity", [typeof(AccountInvited)]),
        new EventSource("access", [typeof(MemberAdded), typeof(MemberRemoved), typeof(ChildMerged), typeof(GrantGiven)]),
    ]);

    public static readonly SentenceBook Book = SentenceBook.Of(
        [
            """
            {
              "intake.referral-received.v1": { "nl": "Melding ontvangen uit {region}: {what>}.", "en": "Referral received from {region}: {what>}.", "group": "file", "parts": ["referrals"] },
              "intake.referral-accepted.v1": { "nl": "De melding werd {newFile?een nieuw dossier|bij een dossier gevoegd}.", "en": "The referral {newFile?became a new file|joined a file}." },
              "interviews.interview-booked.v1": { "nl": "Verhoor geboekt op {start:moment}.", "en": "Interview booked for {start:moment}." },
              "safety.whereabouts-recorded.v1": { "nl": "Verblijfplaats vastgelegd: {place>}.", "en": "Whereabouts recorded: {place>}.", "group": "whereabouts" }
            }
            """,
        ],
        "{}");

    [EventType("intake.referral-received.v1")]
    internal sealed record Received(Guid ReferralId, string Region, [property: Personal(Regime.Police)] Personal<string> What) : IEvent
    {
        public SubjectId Subject => SubjectId.Referral(ReferralId);
    }

    [EventType("intake.referral-accepted.v1")]
    internal sealed record Accepted(Guid ChildId, bool NewFile) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("intake.referral-join-corrected.v1")]
    internal sealed record JoinCorrected(Guid ReferralId, Guid TakenFrom) : IEvent
    {
        public SubjectId Subject => SubjectId.Referral(ReferralId);
    }

    [EventType("intake.child-part-restricted.v1")]
    internal sealed record Restricted(Guid ChildId, string Part, string Kind) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("intake.child-restriction-lifted.v1")]
    internal sealed record Lifted(Guid ChildId, string Part) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("intake.child-file-absorbed.v1")]
    internal sealed record Absorbed(Guid ChildId, Guid From) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("interviews.interview-booked.v1")]
    internal sealed record Booked(Guid ChildId, DateTimeOffset Start) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("interviews.suspect-expected.v1")]
    internal sealed record SuspectExpected(string Studio) : IEvent
    {
        public SubjectId Subject => SubjectId.None;
    }

    [EventType("safety.whereabouts-recorded.v1")]
    internal sealed record Stays(Guid ChildId, [property: Personal(Regime.Care)] Personal<string> Place) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("identity.account-invited.v1")]
    internal sealed record AccountInvited(Guid AccountId, [property: Personal(Regime.Police)] Personal<string> Name) : IEvent
    {
        public SubjectId Subject => SubjectId.Account(AccountId);
    }
}
