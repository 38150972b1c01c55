using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;

namespace Barnahus.Intake.Views;

/// <summary>Statuses as the API writes them.</summary>
public static class Codes
{
    public static string Code(this ReferralStatus status) => status switch
    {
        ReferralStatus.Received => "received",
        ReferralStatus.Triaged => "triaged",
        ReferralStatus.UnderInvestigation => "under-investigation",
        ReferralStatus.Accepted => "accepted",
        ReferralStatus.Redirected => "redirected",
        ReferralStatus.Closed => "closed",
        _ => "unknown",
    };

    public static string Code(this FileStatus status) => status switch
    {
        FileStatus.Open => "open",
        FileStatus.Closed => "closed",
        FileStatus.Merged => "merged",
        _ => "unknown",
    };

    /// <summary>Status of a code; null when there is no such status.</summary>
    public static ReferralStatus? ReferralStatusOf(string code) =>
        Enum.GetValues<ReferralStatus>().Where(status => status != ReferralStatus.None && status.Code() == code).Cast<ReferralStatus?>().FirstOrDefault();
}
