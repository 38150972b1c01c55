using System.Security.Cryptography;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>A cipher is kept for the next field of the same key, is of one thread at a time, and goes with its key.</summary>
public sealed class ReadyCiphersTests
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void One_that_was_given_back_is_taken_again_and_no_two_have_the_same()
    {
        var first = ReadyCiphers.Take(_key);
        var meanwhile = ReadyCiphers.Take(_key);
        meanwhile.ShouldNotBeSameAs(first);

        ReadyCiphers.GiveBack(first);
        ReadyCiphers.Take(_key).ShouldBeSameAs(first);
    }

    [Fact]
    public void An_equal_key_of_somebody_else_does_not_get_it()
    {
        var mine = ReadyCiphers.Take(_key);
        ReadyCiphers.GiveBack(mine);
        ReadyCiphers.Take(_key.ToArray()).ShouldNotBeSameAs(mine);
    }

    [Fact]
    public void It_is_destroyed_with_its_key()
    {
        var ready = ReadyCiphers.Take(_key);
        ReadyCiphers.GiveBack(ready);
        ReadyCiphers.Forget(_key);
        Should.Throw<ObjectDisposedException>(() => ready.Cipher.Encrypt(new byte[12], new byte[16], new byte[16], new byte[16]));
        ReadyCiphers.Take(_key).ShouldNotBeSameAs(ready);
    }

    [Fact]
    public async Task Many_threads_open_fields_of_few_keys_and_each_gets_its_own()
    {
        var subject = SubjectId.Child(Guid.CreateVersion7());
        var sealedOnes = Enumerable.Range(0, 40).Select(n =>
        {
            var key = n % 4 == 0 ? _key : RandomNumberGenerator.GetBytes(32);
            var binding = new SealBinding(Guid.CreateVersion7(), $"facts[{n}].what", subject, Regime.Police);
            var plain = RandomNumberGenerator.GetBytes(16 * (1 + (n % 5)));
            return (key, binding, plain, seal: FieldSeal.Seal(key, binding, subject, plain));
        }).ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, (n, _) =>
        {
            var (key, binding, plain, seal) = sealedOnes[n % sealedOnes.Length];
            FieldSeal.Open(key, binding, seal).AsSpan(0, plain.Length).SequenceEqual(plain).ShouldBeTrue();
            return ValueTask.CompletedTask;
        });
    }
}
