using System.Collections.Immutable;
using System.Reflection;
using Barnahus.Interviews.Interviews;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class CaseChildrenTests() : DeciderSpec<LearnCase, ImmutableHashSet<Guid>>(CaseChildren.Decider)
{
    private static readonly Guid Case = Guid.Parse("0198f000-0000-7000-8000-0000000000c1");
    private static readonly Guid One = Guid.Parse("0198f000-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("0198f000-0000-7000-8000-000000000002");

    protected override Assembly Events => typeof(CaseChildren).Assembly;

    [Fact]
    public Task A_child_is_learned() => Given().When(new LearnCase(Case, One)).Then(new CaseLearned(Case, One));

    [Fact]
    public Task And_another_beside_it() => Given(new CaseLearned(Case, One)).When(new LearnCase(Case, Other)).Then(new CaseLearned(Case, Other));

    [Fact]
    public Task Each_once() => Given(new CaseLearned(Case, One), new CaseLearned(Case, Other)).When(new LearnCase(Case, One)).Then();
}
