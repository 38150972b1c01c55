using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Access;

/// <summary>Break-glass (access.md): opening a file in an emergency, and judging afterwards whether that was right.</summary>
internal static class EmergencyDecisions
{
    /// <summary>How long an emergency opening lasts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    public static Decision Break(BreakGlass c, Team state)
    {
        if (state.Conflicts.Contains(c.AccountId))
        {
            return Decision.Refuse("conflict-of-interest", "This account is marked in conflict of interest with this child.");
        }

        if (state.Members.Contains((c.AccountId, c.Role)))
        {
            return Decision.Refuse("on-the-team", "You are on this child's team already: the file is open to you.");
        }

        // Asking again while it is open gains no time.
        return state.Breaks.Values.Any(one => one.AccountId == c.AccountId && one.Role == c.Role && c.Now < one.Until)
            ? Decision.Nothing
            : Decision.Accept(new GlassBroken(c.ChildId, c.BreakId, c.AccountId, c.Role, c.Now + Lasts, Personal.Of(c.Reason)));
    }

    public static Decision Review(ReviewGlass c, Team state)
    {
        if (!state.Breaks.TryGetValue(c.BreakId, out var broken))
        {
            return Decision.Refuse("nothing-to-review", "There is no such opening, or it was reviewed already. Look at the list again.");
        }

        return broken.AccountId == c.By
            ? Decision.Refuse("own-opening", "Somebody else must review this: you opened the file yourself.")
            : Decision.Accept(new GlassReviewed(c.ChildId, c.BreakId, c.Justified, Personal.OfNullable(c.Remark)));
    }
}
