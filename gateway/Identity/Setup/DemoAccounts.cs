using System.Security.Cryptography;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Setup;

/// <summary>Accounts to try Barnahus with, only with <c>--demo</c>: one per role, two where a case needs a second pair of hands. All people are fictitious.</summary>
public sealed class DemoAccounts(Invitations invitations, AccountStore store, IPasswordHasher<AccountUser> hasher, IdentitySettings settings, Hand hand, Announcements announcements)
{
    private static readonly IReadOnlyList<string> Regions = ["Amsterdam", "Limburg", "Midden-Nederland", "Noord-Nederland"];

    private static readonly IReadOnlyList<NewAccount> People =
    [
        Person("intake-officer", "S. de Wit", "00000000000099900101"),
        Person("intake-officer-2", "R. Aydin", "00000000000099900101", "intake-officer"),
        Person("interviewer", "T. Vos", "00000000000099900101"),
        Person("interviewer-2", "N. Okafor", "00000000000099900101", "interviewer"),
        Person("psychologist", "L. Meijer", "00000000000099900101"),
        Person("prosecutor", "E. van Leeuwen", "00000000000099900102"),
        Person("examining-judge", "C. Bakker", "00000000000099900103"),
        Person("safety-coordinator", "M. Jansen", "00000000000099900104"),
        Person("medical", "F. Smit", "00000000000099900105"),
        Person("youth-care", "D. Kaya", "00000000000099900106"),
        Person("auditor", "A. Visser", "00000000000099900107"),
        Person("planner", "B. Mulder", "00000000000099900101"),
        Person("administrator", "G. de Boer", "00000000000099900100"),
        Person("administrator-2", "P. Tweede", "00000000000099900100", "administrator"),
        Person("lawyer", "K. Peters", "00000000000099900108"),
        Person("guardian", "H. Yilmaz", "00000000000099900109"),
        Person("victim-support", "W. Dekker", "00000000000099900110"),
    ];

    /// <summary>Id of a demonstration account; the same in every demonstration.</summary>
    public static Guid IdOf(string loginName) => DerivedId.From($"demo-account/{loginName}");

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var password = await PasswordAsync(cancellationToken);
        string? hash = null;
        foreach (var person in People)
        {
            var user = await store.FindByIdAsync(person.AccountId.ToString("D"), cancellationToken);
            if (user is null)
            {
                await invitations.InviteAsync(person, null, cancellationToken);
                user = (await store.FindByIdAsync(person.AccountId.ToString("D"), cancellationToken))!;
            }

            // One hash for all: they share the password, and hashing is meant to be slow.
            hash ??= user.PasswordHash is { } kept && hasher.VerifyHashedPassword(user, kept, password) != PasswordVerificationResult.Failed
                ? kept
                : hasher.HashPassword(user, password);
            if (user.PasswordHash is null)
            {
                await store.SendAsync(user, new AccountCommand.Activate(hash, AuthenticatorKey: null, hand.Now), cancellationToken);
            }
            else if (user.PasswordHash != hash)
            {
                await store.SendAsync(user, new AccountCommand.SetPassword(hash, EndsSessions: true, hand.Now), cancellationToken);
            }
        }

        announcements.Say($"Demonstration accounts: {string.Join(", ", People.Select(person => person.LoginName))}");
        announcements.Say($"Demonstration password: {password}");
    }

    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        if (settings.DemoPassword is { } configured)
        {
            return configured;
        }

        var file = Path.Combine(DemoFolder.Of(settings), "password");
        if (File.Exists(file))
        {
            return (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        }

        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        await DemoFolder.WriteAsync(file, password + "\n", cancellationToken);
        return password;
    }

    private static NewAccount Person(string loginName, string name, string organisation, string? role = null) =>
        new(IdOf(loginName), loginName, name, organisation, [role ?? loginName], Regions);
}
