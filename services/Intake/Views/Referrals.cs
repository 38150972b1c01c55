using System.Collections.Concurrent;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>A referral with the revision it was read at.</summary>
public sealed record ReferralRow(Referral State, long Revision);

/// <summary>All referrals, by id; personal fields sealed.</summary>
public sealed class ReferralsView : View
{
    private readonly ConcurrentDictionary<Guid, ReferralRow> _rows = new();

    public ReferralsView()
    {
        Fold<ReferralReceived>();
        Fold<ReferralSearched>();
        Fold<ReferralTriaged>();
        Fold<ReferralIdentified>();
        Fold<ReferralKeptOpen>();
        Fold<ReferralReviewDue>();
        Fold<ReferralAccepted>();
        Fold<ReferralRedirected>();
        Fold<ReferralClosed>();
        Fold<ReferralJoinCorrected>();
        Fold<ReferralWordingKept>();
    }

    public ReferralRow? Find(Guid referralId) => _rows.GetValueOrDefault(referralId);

    public IEnumerable<Referral> Unordered => _rows.Values.Select(row => row.State);

    /// <summary>Oldest first; ids decide between equal times, so pages are stable.</summary>
    public IEnumerable<ReferralRow> All => _rows.Values.OrderBy(row => row.State.ReceivedAt).ThenBy(row => row.State.Id);

    private void Fold<TEvent>()
        where TEvent : ReferralEvent => OnLogged<TEvent>((e, logged) =>
            _rows[e.ReferralId] = new(Referral.Evolve(Find(e.ReferralId)?.State ?? Referral.Initial, e), logged.Revision));
}
