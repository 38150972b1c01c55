using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Tests.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>Brings an account to stand to the child as a test wants it, by what people do about it over HTTP, and undoes it before the next.</summary>
public sealed class Stage(Cast cast, Guid child, DateTimeOffset now)
{
    private readonly Stack<Func<Task>> _undo = new();
    private readonly string _path = $"/intake/v1/children/{child}";

    public async Task ArrangeAsync(Circumstances one)
    {
        await ClearAsync();
        await BreakAsync(one);
        await JoinAsync(one);
        if (one.Conflict)
        {
            await MarkAsync(one.Role, lift: false);
            _undo.Push(() => MarkAsync(one.Role, lift: true));
        }
    }

    /// <summary>Undoes what was arranged last.</summary>
    public async Task ClearAsync()
    {
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }
    }

    /// <summary>For later: everybody who can breaks the glass, and is granted what can be granted, for less than an hour and a half.</summary>
    public async Task LetRunOutAsync()
    {
        foreach (var role in Roles.All)
        {
            if (!new[] { Roles.Auditor, Roles.Planner, Roles.Administrator }.Contains(role))
            {
                await BreakGlassAsync(role, role);
            }

            await MemberAsync(role, role, remove: false);
            await GrantAsync(role, Granted.ThisGroup, now.AddHours(1));
            await MemberAsync(role, role, remove: true);
        }
    }

    // Before anybody joins: who is on the team breaks nothing.
    private async Task BreakAsync(Circumstances one)
    {
        if (one.Glass is not (Glass.Broken or Glass.InAnotherRole or Glass.Reviewed))
        {
            return;
        }

        var id = await BreakGlassAsync(one.Role, one.Glass == Glass.InAnotherRole ? one.AnotherRole : one.Role);
        if (one.Glass == Glass.Reviewed)
        {
            await ReviewAsync(id);
        }
        else
        {
            _undo.Push(() => ReviewAsync(id));
        }
    }

    private async Task JoinAsync(Circumstances one)
    {
        var role = one.Membership == Membership.InAnotherRole ? one.AnotherRole : one.Role;
        if (one.Membership != Membership.None)
        {
            await MemberAsync(one.Role, role, remove: false);
        }

        if (await GrantAsync(one.Role, one.Granted, now.AddDays(1)) is { } given)
        {
            _undo.Push(() => WithdrawAsync(given.Who, given.GrantId));
            if (one.Granted == Granted.Withdrawn)
            {
                await _undo.Pop()();
            }
        }

        if (one.Membership == Membership.Ended)
        {
            await MemberAsync(one.Role, role, remove: true);
        }
        else if (one.Membership != Membership.None)
        {
            _undo.Push(() => MemberAsync(one.Role, role, remove: true));
        }
    }

    private async Task<(string Who, Guid GrantId)?> GrantAsync(string role, Granted granted, DateTimeOffset until)
    {
        if (granted is Granted.Nothing or Granted.UntilNow)
        {
            return null;
        }

        var accountId = granted == Granted.ToAnotherAccount ? cast.Colleague(role) : Story.IdOf(Cast.Judged(role));
        var isContent = Standing.GrantableTo(role) == DataGroup.Timeline && granted != Granted.AnotherGroup;
        var who = isContent ? Roles.Prosecutor : Roles.SafetyCoordinator;
        var answer = await cast.DoAsync(await cast.KeeperAsync(who), $"{_path}/access/grants", new { accountId, group = isContent ? "timeline" : "whereabouts", until });
        var grantId = answer.Id("grantId");
        if (isContent && granted != Granted.OnlyProposed)
        {
            await cast.DoAsync(await cast.KeeperAsync(Roles.Administrator), $"{_path}/access/grants", new { grantId, approve = true });
        }

        return (who, grantId);
    }

    private async Task WithdrawAsync(string who, Guid grantId) => await cast.DoAsync(await cast.KeeperAsync(who), $"{_path}/access/grants", new { grantId });

    private async Task<Guid> BreakGlassAsync(string role, string as_)
    {
        var broken = await cast.DoAsync(await cast.AsAsync(Cast.Judged(role), as_), $"{_path}/access/break-glass", new { reason = "Hij is nu in gevaar." });
        return broken.Id("breakId");
    }

    private async Task ReviewAsync(Guid breakId) =>
        await cast.DoAsync(await cast.KeeperAsync(Roles.SafetyCoordinator), $"{_path}/access/reviews", new { breakId, justified = true });

    private async Task<JsonElement> MemberAsync(string judged, string role, bool remove) =>
        await cast.MemberAsync(await cast.AsAsync(Cast.Officer, Roles.IntakeOfficer), child, Story.IdOf(Cast.Judged(judged)), role, remove);

    private async Task MarkAsync(string role, bool lift)
    {
        var accountId = Story.IdOf(Cast.Judged(role));
        var sheet = await cast.DoAsync(await cast.AsAsync(Cast.Officer, Roles.IntakeOfficer), $"{_path}/access/conflicts", new { accountId, lift });
        if (lift)
        {
            await cast.DoAsync(await cast.KeeperAsync(Roles.SafetyCoordinator), $"{_path}/access/conflicts", new { accountId, lift });
        }

        if (sheet.GetProperty("awaiting").GetArrayLength() == 0)
        {
            return;
        }

        // Of whoever is an auditor too it takes an administrator.
        var administrator = await cast.KeeperAsync(Roles.Administrator);
        var waiting = (await cast.SeeAsync(administrator, "/intake/v1/access/grant-proposals?pageSize=100")).EnumerateArray()
            .Single(one => one.Id("accountId") == accountId && !one.TryGetProperty("group", out _));
        await cast.DoAsync(administrator, $"{_path}/access/grants", new { grantId = waiting.Id("grantId"), approve = true });
    }
}
