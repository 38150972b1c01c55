using Barnahus.Identity.Keys;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Keys;

public sealed class SigningKeysTests() : DeciderSpec<SigningKeyCommand, SigningKeys>(SigningKeys.Decider)
{
    private static readonly SigningKeyAdded First = Key(1, Now);
    private static readonly SigningKeyAdded Second = Key(2, Now.AddDays(90));
    private static readonly SigningKeys Both = new([First, Second]);

    [Fact]
    public async Task The_next_key_is_made_when_the_newest_is_ninety_days_old()
    {
        await Given().When(Add(First, onlyIfDue: true)).Then(First);
        await Given(First).When(Add(Key(2, Now.AddDays(90).AddSeconds(-1)), onlyIfDue: true)).Then();
        await Given(First).When(Add(Second, onlyIfDue: true)).Then(Second);
    }

    [Fact]
    public async Task By_hand_it_is_made_sooner_but_never_two_at_once()
    {
        await Given(First).When(Add(Key(2, Now.AddHours(1)), onlyIfDue: false)).Then(Key(2, Now.AddHours(1)));
        Given(First, Second).When(Add(Key(3, Now.AddDays(91)), onlyIfDue: false)).ThenRefused("next-key-waits");
    }

    [Fact]
    public void A_key_is_published_for_two_days_before_it_signs()
    {
        new SigningKeys([First]).SignerAt(Now).ShouldBe(First, "an installation's first key has nobody to wait for");
        Both.SignerAt(Second.At).ShouldBe(First);
        Both.PublishedAt(Second.At).ShouldBe([First, Second]);
        Both.SignerAt(Second.At.AddDays(2).AddSeconds(-1)).ShouldBe(First);
        Both.SignerAt(Second.At.AddDays(2)).ShouldBe(Second);
    }

    [Fact]
    public void A_key_stays_published_until_its_last_token_is_gone()
    {
        Both.PublishedAt(Second.At.AddDays(2).AddMinutes(6)).ShouldBe([First, Second]);
        Both.PublishedAt(Second.At.AddDays(2).AddHours(1)).ShouldBe([Second]);
    }

    [Fact]
    public async Task A_key_that_may_be_in_wrong_hands_is_withdrawn_and_the_next_signs_at_once()
    {
        Given(First).When(new SigningKeyCommand.Withdraw(First.KeyId, Now)).ThenRefused("last-key");
        await Given(First, Second).When(new SigningKeyCommand.Withdraw(First.KeyId, Now)).Then(new SigningKeyWithdrawn(First.KeyId, Now));
        var left = Fold(First, Second, new SigningKeyWithdrawn(First.KeyId, Now));
        left.SignerAt(Second.At).ShouldBe(Second);
        left.PublishedAt(Second.At).ShouldBe([Second]);
    }

    private static SigningKeyAdded Key(int number, DateTimeOffset at) =>
        new(new Guid(number, 0, 0, new byte[8]), Personal.Of($"private {number}"), $"public {number}", at);

    private static SigningKeyCommand.Add Add(SigningKeyAdded key, bool onlyIfDue) =>
        new(key.KeyId, $"private {key.KeyId.ToString("N")[7]}", key.PublicKey, key.At, onlyIfDue);
}
