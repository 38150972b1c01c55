using Barnahus.Platform.Views;

namespace Barnahus.Architecture.Tests;

/// <summary>Deciders and views give the same again whenever they are run. Each rule has a planted violation that proves it can fail.</summary>
public sealed class PurityTests
{
    [Fact]
    public void Deciders_touch_no_clock_no_id_and_nothing_outside()
    {
        var deciders = House.All.SelectMany(assembly => assembly.GetTypes()).Where(IsDeciding).ToList();
        deciders.Count.ShouldBeGreaterThan(6);
        deciders.SelectMany(Purity.Violations).ShouldBeEmpty();
    }

    [Fact]
    public void Views_take_time_from_events()
    {
        var views = House.All.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(View))).ToList();
        views.Count.ShouldBeGreaterThan(6);
        views.SelectMany(Purity.Violations).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(PlantedClock), "get_UtcNow")]
    [InlineData(typeof(PlantedId), "CreateVersion7")]
    [InlineData(typeof(PlantedFile), "ReadAllText")]
    [InlineData(typeof(PlantedInLambda), "NewGuid")]
    public void A_planted_violation_is_found(Type planted, string member) =>
        Purity.Violations(planted).ShouldContain(violation => violation.EndsWith(member, StringComparison.Ordinal));

    [Fact]
    public void What_is_pure_passes() => Purity.Violations(typeof(PlantedPure)).ShouldBeEmpty();

    /// <summary>Deciders and the rules they are cut into; states, which fold.</summary>
    private static bool IsDeciding(Type type) =>
        type.Name.EndsWith("Decider", StringComparison.Ordinal)
        || type.Name.EndsWith("Rules", StringComparison.Ordinal)
        || type.GetMethod("Evolve") is not null;

    private static class PlantedClock
    {
        public static int Decide() => DateTimeOffset.UtcNow.Year;
    }

    private static class PlantedId
    {
        public static Guid Decide() => Guid.CreateVersion7();
    }

    private static class PlantedFile
    {
        public static string Decide() => File.ReadAllText("x");
    }

    private static class PlantedInLambda
    {
        public static IEnumerable<Guid> Decide(IEnumerable<int> numbers) => numbers.Select(_ => Guid.NewGuid());
    }

    private static class PlantedPure
    {
        public static DateTimeOffset Decide(DateTimeOffset now) => now.AddDays(7);
    }
}
