using Barnahus.Interviews.Views;

namespace Barnahus.Architecture.Tests;

/// <summary>Services do not reference each other, and two of them reckon the id of a child's own case.</summary>
public sealed class OwnCaseTests
{
    [Fact]
    public void Interviews_knows_the_own_case_of_a_child_by_the_id_that_Turnaround_gives_it()
    {
        var child = Guid.Parse("0198f000-0000-7000-8000-000000000001");
        ChildrenByCase.OwnOf(child).ShouldBe(Turnaround.Cases.Case.OwnOf(child));
    }
}
