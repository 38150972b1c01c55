using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Tests.Norms;

/// <summary>The table of domain.md, row by row: a change of the data must be a change here too.</summary>
public sealed class ShippedNormsTests
{
    private static readonly IReadOnlyList<Norm> Shipped = ShippedNorms.Read();

    [Theory]
    [InlineData("report-to-file", "police", 6, TermUnit.Months, 80, "V")]
    [InlineData("receipt-to-first-assessment", "om", 2, TermUnit.Months, 80, "V")]
    [InlineData("summons-to-first-hearing", "om", 4, TermUnit.Months, 80, "V")]
    [InlineData("receipt-to-first-hearing", "om", 6, TermUnit.Months, 80, "V")]
    [InlineData("first-hearing-to-verdict", "court", 4, TermUnit.Months, 80, "U")]
    [InlineData("interview-urgent", "interview", 7, TermUnit.Days, null, "V2")]
    [InlineData("interview-under-six", "interview", 14, TermUnit.Days, null, "V2")]
    [InlineData("interview", "interview", 21, TermUnit.Days, null, "V2")]
    [InlineData("individual-assessment", "intake", 5, TermUnit.WorkingDays, null, "V")]
    [InlineData("forensic-window", "medical", 7, TermUnit.Days, null, "V")]
    [InlineData("veilig-thuis-decision", "veilig-thuis", 5, TermUnit.WorkingDays, null, "V2")]
    [InlineData("veilig-thuis-investigation", "veilig-thuis", 10, TermUnit.Weeks, null, "V2")]
    [InlineData("mental-health-intake", "care", 4, TermUnit.Weeks, null, "V2")]
    public void A_norm_is_as_the_table_says(string key, string stage, int length, TermUnit unit, int? share, string verified)
    {
        var norm = Shipped.Single(norm => norm.Key == key);

        norm.Rule.Stage.ShouldBe(stage);
        norm.Rule.Term.ShouldBe(new Term(length, unit));
        norm.Rule.SharePercent.ShouldBe(share);
        norm.Source.Verified.ShouldBe(verified);
    }

    [Fact]
    public void There_is_nothing_beyond_the_table() => Shipped.Count.ShouldBe(13);

    [Fact]
    public void Every_norm_is_complete()
    {
        foreach (var norm in Shipped)
        {
            norm.Version.ShouldBe(1);
            norm.Name.Nl.ShouldNotBeNullOrWhiteSpace();
            norm.Name.En.ShouldNotBeNullOrWhiteSpace();
            norm.Source.Text.ShouldNotBeNullOrWhiteSpace();
            Moment.Starts.ShouldContain(norm.Rule.Start);
            Moment.Stops.ShouldContain(norm.Rule.Stop);
            (norm.Rule.AppliesTo?.IsComplete ?? true).ShouldBeTrue();
            (norm.Rule.Term.Unit is TermUnit.WorkingDays).ShouldBe(norm.Rule.Holidays is not null, norm.Key);
        }
    }

    [Fact]
    public void Norms_of_one_clock_start_and_stop_alike() =>
        Shipped.GroupBy(norm => norm.Rule.Clock).ShouldAllBe(clock => clock.Select(norm => norm.Rule.Start + norm.Rule.Stop).Distinct().Count() == 1);

    [Fact]
    public void Only_nature_s_own_term_is_fixed() => Shipped.Where(norm => norm.Rule.Fixed).Select(norm => norm.Key).ShouldBe(["forensic-window"]);
}
