using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Architecture.Tests;

/// <summary>Deciders and views give the same again whenever they are run, and so does all that they call. Each rule has planted violations that prove it can fail.</summary>
public sealed class PurityTests
{
    private static readonly IReadOnlyList<Type> Types = [.. House.All.SelectMany(assembly => assembly.GetTypes())];

    [Fact]
    public void Deciders_and_what_they_call_touch_no_clock_no_id_and_nothing_outside()
    {
        var deciders = Purity.Deciding(Types).ToList();
        deciders.Count.ShouldBeGreaterThan(20);
        Purity.ViolationsOfDeciding(deciders).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Views_and_what_they_call_take_time_from_events()
    {
        var views = Purity.Viewing(Types).ToList();
        views.Select(code => code.DeclaringType!.Name).ShouldContain("TimelineIndex");
        views.Select(code => code.DeclaringType!.Name).ShouldContain("MatchIndex");
        Purity.ViolationsOfViews(views).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(PlantedClock), "get_UtcNow")]
    [InlineData(typeof(PlantedId), "CreateVersion7")]
    [InlineData(typeof(PlantedFile), "ReadAllText")]
    [InlineData(typeof(PlantedInLambda), "NewGuid")]
    [InlineData(typeof(PlantedFarAway), "get_Local")]
    [InlineData(typeof(PlantedVault), "Get")]
    public void A_planted_decider_is_found_with_what_it_does(Type planted, string member) =>
        Purity.ViolationsOfDeciding(Purity.Deciding([planted])).ShouldContain(violation => violation.EndsWith($".{member}", StringComparison.Ordinal));

    [Fact]
    public void A_planted_view_is_found_with_what_it_does() =>
        Purity.ViolationsOfViews(Purity.Viewing([typeof(PlantedView)])).ShouldContain(violation => violation.EndsWith("get_UtcNow", StringComparison.Ordinal));

    [Fact]
    public void What_is_pure_passes() => Purity.ViolationsOfDeciding(Purity.Deciding([typeof(PlantedPure)])).ShouldBeEmpty();

    private static class PlantedClock
    {
        public static readonly Decider<int, int> Decider = new(0, (_, _) => DateTimeOffset.UtcNow.Year > 0 ? Decision.Nothing : Decision.Accept(), (state, _) => state);
    }

    private static class PlantedId
    {
        public static readonly Decider<Guid, Guid> Decider = new(Guid.Empty, (_, _) => Decision.Nothing, (_, _) => Guid.CreateVersion7());
    }

    private static class PlantedFile
    {
        public static readonly Decider<string, int> Decider = new(0, (command, _) => File.ReadAllText(command).Length > 0 ? Decision.Nothing : Decision.Accept(), (state, _) => state);
    }

    private static class PlantedInLambda
    {
        public static readonly Decider<int[], int> Decider = new(0, Decide, (state, _) => state);

        private static Decision Decide(int[] command, int state) => command.Select(_ => Guid.NewGuid()).Any() ? Decision.Nothing : Decision.Accept();
    }

    /// <summary>By way of another type, and of an iterator there.</summary>
    private static class PlantedFarAway
    {
        public static readonly Decider<int, int> Decider = new(0, (command, _) => Elsewhere.Zones(command).Any() ? Decision.Nothing : Decision.Accept(), (state, _) => state);
    }

    private static class Elsewhere
    {
        public static IEnumerable<TimeZoneInfo> Zones(int count)
        {
            for (var i = 0; i < count; i++)
            {
                yield return TimeZoneInfo.Local;
            }
        }
    }

    private static class PlantedVault
    {
        public static readonly Decider<IKeyVault, int> Decider = new(
            0, (vault, _) => vault.Get(new KeyName(SubjectId.None, Regime.Care)) is KeyState.Present ? Decision.Nothing : Decision.Accept(), (state, _) => state);
    }

    private static class PlantedPure
    {
        public static readonly Decider<DateTimeOffset, DateTimeOffset> Decider = new(default, (_, _) => Decision.Nothing, (state, _) => state.AddDays(7));
    }

    private sealed class PlantedView : View
    {
        public PlantedView() => On<Barnahus.Platform.Access.ConflictMarked>(_ => Latest = DateTimeOffset.UtcNow);

        public DateTimeOffset Latest { get; private set; }
    }
}
