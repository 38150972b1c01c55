using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Opens a file for one decision or one authorised read.</summary>
public sealed class FileOpener(PersonalData personal)
{
    /// <summary>The file opened; null when its key was destroyed.</summary>
    public OpenedFile? Open(ChildFile file)
    {
        var referrals = new List<OpenedReferral>(file.Referrals.Count);
        foreach (var referral in file.Referrals)
        {
            if (personal.Open(referral.Content).ValueOrDefault is not { } content)
            {
                return null;
            }

            referrals.Add(new(referral.Id, referral.ReportedAt, content));
        }

        return new(
            referrals,
            (file.Stated is null ? null : personal.Open(file.Stated).ValueOrDefault) ?? OpenedFile.Empty.Stated,
            [.. file.Representatives.OrderBy(one => one.Key).Select(one => personal.Open(one.Value).ValueOrDefault).OfType<Representative>()],
            file.Needs is null ? null : personal.Open(file.Needs).ValueOrDefault,
            [.. file.Involvements.OrderBy(one => one.Key).Select(one => personal.Open(one.Value).ValueOrDefault).OfType<Involvement>()]);
    }
}
