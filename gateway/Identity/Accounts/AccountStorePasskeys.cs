using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>Passkeys, as ASP.NET Core Identity asks for them.</summary>
public sealed partial class AccountStore : IUserPasskeyStore<AccountUser>
{
    public Task AddOrUpdatePasskeyAsync(AccountUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var id = Passkey.IdOf(passkey.CredentialId);
        user.Pending.Add(user.State.Passkeys.ContainsKey(id)
            ? new AccountCommand.UsePasskey(id, passkey.SignCount, passkey.IsBackedUp, hand.Now)
            : new AccountCommand.AddPasskey(
                id,
                Convert.ToBase64String(passkey.CredentialId),
                Convert.ToBase64String(passkey.PublicKey),
                passkey.Name ?? "",
                passkey.Transports ?? [],
                passkey.SignCount,
                passkey.IsBackupEligible,
                passkey.IsBackedUp,
                hand.Now));
        return Task.CompletedTask;
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.State.Passkeys.Values.OrderBy(passkey => passkey.Added.At).Select(Open)]);

    public Task<AccountUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        index.OfPasskey(Passkey.IdOf(credentialId)) is { } id ? LoadAsync(id, cancellationToken) : Task.FromResult<AccountUser?>(null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(AccountUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.Passkeys.TryGetValue(Passkey.IdOf(credentialId), out var passkey) ? Open(passkey) : null);

    public Task RemovePasskeyAsync(AccountUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        user.Pending.Add(new AccountCommand.RemovePasskey(Passkey.IdOf(credentialId), hand.Now));
        return Task.CompletedTask;
    }

    // What the device said of itself at enrolment is judged then and not kept. Only a verified user gets that far.
    private UserPasskeyInfo Open(Passkey passkey) => new(
        Convert.FromBase64String(Open(passkey.Added.CredentialId) ?? ""),
        Convert.FromBase64String(Open(passkey.Added.PublicKey) ?? ""),
        passkey.Added.At,
        (uint)passkey.SignCount,
        [.. passkey.Added.Transports],
        isUserVerified: true,
        passkey.Added.BackupEligible,
        passkey.BackedUp,
        attestationObject: [],
        clientDataJson: [])
    {
        Name = Open(passkey.Added.Name),
    };
}
