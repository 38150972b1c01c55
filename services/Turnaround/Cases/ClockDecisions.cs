using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Cases;

/// <summary>What people decide about clocks, and the alerts.</summary>
internal static class ClockDecisions
{
    private static readonly Decision Unknown =
        Decision.Refuse("clock-not-running", "This clock does not run in this case, or has stopped. Read the case again.");

    private static readonly Decision CannotWait =
        Decision.Refuse("clock-cannot-wait", "This is a term of nature or law: it cannot be suspended, extended or set otherwise. Act before it ends.");

    internal static Decision Decide(CaseCommand command, Case state) => command switch
    {
        CaseCommand.Suspend suspend => Suspend(suspend, state),
        CaseCommand.Resume resume => Resume(resume, state),
        CaseCommand.Extend extend => Extend(extend, state),
        CaseCommand.SetTarget target => SetTarget(target, state),
        CaseCommand.Alert alert => Alert(alert, state),
        _ => throw new InvalidOperationException($"A case does not know {command.GetType().Name}."),
    };

    private static Decision Suspend(CaseCommand.Suspend command, Case state)
    {
        if (command.From > command.Now)
        {
            return Decision.Refuse("in-the-future", "A clock is suspended from now or from an earlier moment. Correct the date.");
        }

        if (command.ClockId is { } clockId)
        {
            return Open(state, clockId) is { } clock ? Refusal(clock, command) ?? Accept(state, [clock]) : Unknown;
        }

        var all = state.Clocks.Values.Where(clock => clock.IsOpen && Refusal(clock, command) is null).OrderBy(clock => clock.ClockId).ToList();
        return all.Count == 0
            ? Decision.Refuse("no-clock-to-suspend", "No clock of this case can be suspended from that moment. Read the case again.")
            : Accept(state, all);

        Decision Accept(Case state, IReadOnlyList<Clock> clocks) =>
            Say(state, clocks, (clock, child) => new ClockSuspended(state.CaseId!.Value, child, clock.ClockId, command.From, Personal.Of(command.Reason)));
    }

    private static Decision? Refusal(Clock clock, CaseCommand.Suspend command) => clock switch
    {
        { Norm.Rule.Fixed: true } => CannotWait,
        { IsSuspended: true } => Decision.Refuse("clock-suspended", "This clock stands still already. Resume it first."),
        _ when command.From < clock.StartedAt || command.From < clock.Suspensions.LastOrDefault()?.Until =>
            Decision.Refuse("before-the-clock-ran", "The clock did not run at that moment. Choose a later one."),
        _ when Reckoning.Read(clock, command.From).State is ClockState.Breached =>
            Decision.Refuse("clock-breached", "The term was over at that moment. Set a target date with a plan of approach."),
        _ => null,
    };

    private static Decision Resume(CaseCommand.Resume command, Case state)
    {
        if (command.At > command.Now)
        {
            return Decision.Refuse("in-the-future", "A clock is resumed from now or from an earlier moment. Correct the date.");
        }

        var suspended = state.Clocks.Values
            .Where(clock => clock is { IsOpen: true, IsSuspended: true } && (command.ClockId is null || clock.ClockId == command.ClockId))
            .OrderBy(clock => clock.ClockId)
            .ToList();
        if (suspended.Count == 0)
        {
            return Decision.Refuse("clock-not-suspended", "No such clock of this case stands still. Read the case again.");
        }

        return suspended.Exists(clock => command.At < clock.Suspensions[^1].From)
            ? Decision.Refuse("before-the-suspension", "The clock was suspended later than that. Choose a later moment.")
            : Say(state, suspended, (clock, child) => new ClockResumed(state.CaseId!.Value, child, clock.ClockId, command.At));
    }

    private static Decision Extend(CaseCommand.Extend command, Case state)
    {
        if (Open(state, command.ClockId) is not { } clock)
        {
            return Unknown;
        }

        var reading = Reckoning.Read(clock, command.Now);
        return clock switch
        {
            { Norm.Rule.Fixed: true } => CannotWait,
            { IsSuspended: true } => Decision.Refuse("clock-suspended", "This clock stands still. Resume it first, then extend it."),
            _ when reading.State is ClockState.Breached =>
                Decision.Refuse("clock-breached", "A term that is over is not extended. Set a target date with a plan of approach."),
            _ when command.Due <= reading.Due => Decision.Refuse("extension-not-later", "An extension gives a later date than the present one. Choose a later date."),
            _ => Say(state, [clock], (_, child) =>
                new ClockExtended(state.CaseId!.Value, child, command.ClockId, command.Due, command.Now, Personal.Of(command.Reason))),
        };
    }

    private static Decision SetTarget(CaseCommand.SetTarget command, Case state) => Open(state, command.ClockId) switch
    {
        null => Unknown,
        { Norm.Rule.Fixed: true } => CannotWait,
        { IsSuspended: true } => Decision.Refuse("clock-suspended", "This clock stands still. Resume it first, then set a target."),
        _ when command.Due <= command.Now => Decision.Refuse("target-in-the-past", "A target date lies ahead. Choose a later date."),
        { } clock => Say(state, [clock], (_, child) =>
            new TargetSet(state.CaseId!.Value, child, command.ClockId, command.Due, command.Now, Personal.Of(command.Plan))),
    };

    /// <summary>Once per date and threshold; and only if so much is really used, since the clock may have changed while the alert was under way.</summary>
    private static Decision Alert(CaseCommand.Alert command, Case state)
    {
        if (state.Merged is not null
            || Open(state, command.ClockId) is not { } clock
            || !Clock.Thresholds.Contains(command.Threshold)
            || !(Reckoning.AlertAt(clock, command.Threshold) <= command.Now))
        {
            return Decision.Nothing;
        }

        var due = Reckoning.Read(clock, command.Now).Due;
        return Say(state, [clock], (_, child) => new ClockAlerted(state.CaseId!.Value, child, clock.ClockId, command.Threshold, Personal.Of(due)));
    }

    private static Clock? Open(Case state, Guid clockId) => state.Clocks.GetValueOrDefault(clockId) is { IsOpen: true } clock ? clock : null;

    private static Decision Say(Case state, IReadOnlyList<Clock> clocks, Func<Clock, Guid, ICaseEvent> about) =>
        Decision.Accept([.. clocks.SelectMany(clock => Reconciliation.ForEach(state, clock.ChildId, child => about(clock, child)))]);
}
