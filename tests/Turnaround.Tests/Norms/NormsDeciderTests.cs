using Barnahus.Testing;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Tests.Norms;

public sealed class NormsDeciderTests() : DeciderSpec<NormCommand, NormBook>(NormsDecider.Decider)
{
    private static readonly DateOnly Today = new(2026, 9, 2);
    private static readonly Norm First = ShippedNorms.Read().Single(norm => norm.Key == "report-to-file");

    [Fact]
    public Task What_is_shipped_is_taken_up_as_it_is_the_first_time() =>
        Given().When(new NormCommand.LoadShipped([First], Today)).Then(new NormPublished(First, Shipped: true));

    [Fact]
    public Task What_is_known_is_not_taken_up_again() =>
        Given(new NormPublished(First, true)).When(new NormCommand.LoadShipped([First], Today)).Then();

    [Fact]
    public Task What_a_later_release_brings_holds_from_tomorrow() =>
        Given(new NormPublished(First, true)).When(new NormCommand.LoadShipped([First with { Version = 2 }], Today))
            .Then(new NormPublished(First with { Version = 2, ValidFrom = new DateOnly(2026, 9, 3) }, true));

    [Fact]
    public Task A_later_release_does_not_replace_what_an_administrator_published()
    {
        var own = First with { Version = 2, ValidFrom = new DateOnly(2026, 10, 1) };
        return Given(new NormPublished(First, true), new NormPublished(own, false)).When(new NormCommand.LoadShipped([First with { Version = 2 }], Today)).Then();
    }

    [Fact]
    public Task A_new_version_follows_the_last() =>
        Given(new NormPublished(First, true)).When(Publish(new DateOnly(2026, 10, 1)))
            .Then(new NormPublished(First with { Version = 2, ValidFrom = new DateOnly(2026, 10, 1) }, Shipped: false));

    [Fact]
    public Task A_new_norm_starts_at_version_one() =>
        Given().When(Publish(new DateOnly(2026, 9, 3))).Then(new NormPublished(First with { ValidFrom = new DateOnly(2026, 9, 3) }, Shipped: false));

    [Theory]
    [InlineData("2026-09-02")]
    [InlineData("2020-01-01")]
    public void A_version_from_today_or_before_is_refused(string validFrom) =>
        Given(new NormPublished(First, true)).When(Publish(DateOnly.Parse(validFrom))).ThenRefused("norm-reaches-back");

    [Fact]
    public void A_version_from_before_the_last_one_is_refused() =>
        Given(new NormPublished(First with { ValidFrom = new DateOnly(2027, 1, 1) }, false))
            .When(Publish(new DateOnly(2026, 12, 1))).ThenRefused("norm-reaches-back");

    [Fact]
    public void A_moment_that_nobody_tells_of_is_refused() =>
        Given().When(Publish(new DateOnly(2026, 10, 1), First.Rule with { Start = "full-moon" })).ThenRefused("unknown-moment");

    [Fact]
    public void A_stop_that_only_starts_is_refused() =>
        Given().When(Publish(new DateOnly(2026, 10, 1), First.Rule with { Stop = Moment.Referral })).ThenRefused("unknown-moment");

    [Fact]
    public void An_applicability_without_its_number_is_refused() =>
        Given().When(Publish(new DateOnly(2026, 10, 1), First.Rule with { AppliesTo = new(Applicability.UnderAgeOf) })).ThenRefused("unknown-applicability");

    [Fact]
    public void One_clock_cannot_measure_two_things() =>
        Given(new NormPublished(First with { Key = "other" }, true))
            .When(Publish(new DateOnly(2026, 10, 1), First.Rule with { Stop = Milestone.Verdict })).ThenRefused("clock-measures-otherwise");

    [Fact]
    public void A_norm_stays_with_its_clock() =>
        Given(new NormPublished(First, true))
            .When(Publish(new DateOnly(2026, 10, 1), First.Rule with { Clock = "another" })).ThenRefused("norm-changes-clock");

    private static NormCommand.Publish Publish(DateOnly validFrom, NormRule? rule = null) =>
        new(First.Key, First.Name, rule ?? First.Rule, First.Source, validFrom, Today);
}
