using System.Security.Cryptography;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>What a seal is bound to is part of the stored format: bytes that change here close every file that was ever sealed.</summary>
public sealed class SealFormatTests
{
    /// <summary>Five fields, each with its length before it (4 bytes, big-endian): format, event id, field, subject, regime.</summary>
    private const string Bound =
        "000000106261726e616875732d7365616c2d763100000010019800000000700080000000000000010000000d66616374735b315d2e77c3a174000000"
        + "2a6368696c643a30313938303030302d303030302d373030302d383030302d30303030303030306334316400000006706f6c696365";

    [Fact]
    public void What_was_sealed_by_the_written_format_opens()
    {
        var binding = new SealBinding(
            Guid.Parse("01980000-0000-7000-8000-000000000001"), "facts[1].wát", SubjectId.Parse("child:01980000-0000-7000-8000-00000000c41d"), Regime.Police);
        var key = Enumerable.Range(0, 32).Select(n => (byte)n).ToArray();
        var plain = "\"Room 12\"       "u8.ToArray();
        var seal = new byte[2 + 12 + 16 + plain.Length];
        seal[0] = 0x10;
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(seal.AsSpan(2, 12), plain, seal.AsSpan(30), seal.AsSpan(14, 16), Convert.FromHexString(Bound));

        FieldSeal.Open(key, binding, seal).ShouldBe(plain);
        Should.Throw<SealBrokenException>(() => FieldSeal.Open(key, binding with { Field = "facts[2].wát" }, seal));
    }
}
