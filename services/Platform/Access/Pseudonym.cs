using System.Security.Cryptography;
using System.Text;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Access;

/// <summary>A short name for a child that an auditor can recognise again and nobody can turn back without the installation's secret.</summary>
public sealed class Pseudonym(IKeyVault vault)
{
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>E.g. <c>kind-7hx3kqe29a</c>; the same for the same child until the secret is changed.</summary>
    public string Of(Guid childId)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(vault.MatchKey().Span, Encoding.UTF8.GetBytes($"timeline-pseudonym/{childId:D}"), hash);
        Span<char> name = stackalloc char[10];
        for (var i = 0; i < name.Length; i++)
        {
            name[i] = Letters[hash[i] % Letters.Length];
        }

        return $"kind-{name}";
    }
}
