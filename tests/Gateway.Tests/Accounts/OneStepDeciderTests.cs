using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Accounts;

public sealed class LoginNamesTests() : DeciderSpec<TakeLoginName, LoginNames>(LoginNames.Decider)
{
    private static readonly Guid Vos = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Meijer = Guid.Parse("01990000-0000-7000-8000-000000000002");

    private static LoginNameTaken Taken(Guid account, string name) => new(account, Personal.Of(name));

    [Fact]
    public Task An_account_takes_a_name() => Given().When(new TakeLoginName(Vos, "vos")).Then(Taken(Vos, "vos"));

    [Fact]
    public Task An_account_that_has_a_name_keeps_it() => Given(Taken(Vos, "vos")).When(new TakeLoginName(Vos, "tvos")).Then();

    [Fact]
    public Task Others_take_theirs_beside_it() => Given(Taken(Vos, "vos")).When(new TakeLoginName(Meijer, "meijer")).Then(Taken(Meijer, "meijer"));

    [Fact]
    public void Each_account_has_the_name_it_took() =>
        Fold(Taken(Vos, "vos"), Taken(Meijer, "meijer")).ByAccount.Keys.ShouldBe([Vos, Meijer], ignoreOrder: true);
}

public sealed class UnknownSignInsTests() : DeciderSpec<UnknownSignIn, int>(UnknownSignIns.Decider)
{
    private static readonly UnknownSignIn Attempt = new(Guid.Parse("01990000-0000-7000-8000-000000000003"), Now);

    protected override System.Reflection.Assembly Events => typeof(UnknownSignIn).Assembly;

    [Fact]
    public Task Every_attempt_is_recorded() => Given().When(Attempt).Then(Attempt);

    [Fact]
    public void Attempts_are_counted() => Fold(Attempt, Attempt).ShouldBe(2);
}

public sealed class OneTimeProofsTests() : DeciderSpec<ProofUsed, DateTimeOffset>(OneTimeProofs.Decider)
{
    private static readonly Guid Proof = Guid.Parse("01990000-0000-7000-8000-000000000004");

    protected override System.Reflection.Assembly Events => typeof(ProofUsed).Assembly;

    [Fact]
    public Task A_proof_is_used() => Given().When(new ProofUsed(Proof, Now)).Then(new ProofUsed(Proof, Now));

    /// <summary>Digits come again after their time; that they are free then is judged before, at the exact revision.</summary>
    [Fact]
    public void It_is_refused_until_the_last_time_it_was_used_is_over() =>
        Fold(new ProofUsed(Proof, Now), new ProofUsed(Proof, Now.AddMinutes(1))).ShouldBe(Now.AddMinutes(1));
}
