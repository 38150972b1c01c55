using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;

namespace Barnahus.Intake.Timers;

/// <summary>Reminds of referrals that stay open: on the review day, from midnight on a Dutch clock.</summary>
public sealed class ReviewDates(ReferralsView referrals, CommandHandler handler) : IServiceTimer
{
    public string Name => "intake.review-dates";

    public IEnumerable<DueItem> Due(DateTimeOffset now)
    {
        var today = now.DutchDate();
        foreach (var referral in referrals.Unordered)
        {
            if (referral is { Status: ReferralStatus.UnderInvestigation, ReviewReminded: false, ReviewOn: { } day } && day <= today)
            {
                yield return new($"referral:{referral.Id:D}:review:{day:O}", DutchTime.FromDutch(day, TimeOnly.MinValue), SubjectId.Referral(referral.Id));
            }
        }
    }

    public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken) => handler.HandleAsync(
        ReferralDecider.Decider, Referral.Stream(item.Subject.Id), new RemindOfReview(context.Now.DutchDate()), context, cancellationToken);
}

/// <summary>Raises the handover task in the month that is six months before the eighteenth birthday; at once for a child that is older when its file opens.</summary>
public sealed class Birthdays(FilesView files, ChildFiles changes) : IServiceTimer
{
    public string Name => "intake.birthdays";

    public IEnumerable<DueItem> Due(DateTimeOffset now)
    {
        var today = now.DutchDate();
        foreach (var row in files.Unordered)
        {
            if (row.HandoverFrom is { } day && day <= today
                && row.State.Status == FileStatus.Open && row.HandoverRaised != day)
            {
                // The month is in the id: a birth date that is corrected later raises it anew when the month is another.
                yield return new($"child:{row.State.Id:D}:handover:{day:O}", DutchTime.FromDutch(day, TimeOnly.MinValue), SubjectId.Child(row.State.Id));
            }
        }
    }

    public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken) => changes.ChangeAsync(
        item.Subject.Id, context, (_, opened) => new RaiseTasks { Now = context.Now, After = opened }, cancellationToken);
}
