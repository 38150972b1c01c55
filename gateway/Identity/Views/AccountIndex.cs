using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Views;

/// <summary>Accounts by login name, for signing in, and as a list for the administrator. Names stay sealed; a login name is kept as a keyed token.</summary>
public sealed class AccountIndex : View
{
    private readonly ConcurrentDictionary<string, Guid> _byToken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, AccountRow> _rows = new();
    private readonly ConcurrentDictionary<Guid, Guid> _byPasskey = new();
    private readonly IKeyVault _vault;

    public AccountIndex(IKeyVault vault, PersonalData personal)
    {
        _vault = vault;
        On<LoginNameTaken>(e =>
        {
            if (personal.Open(e.LoginName).ValueOrDefault is { } name)
            {
                _byToken[Token(name)] = e.AccountId;
            }
        });
        On<AccountInvited>((e, envelope) => _rows[e.AccountId] = new(
            e.AccountId, e.LoginName, e.Name, e.Organisation, [], [], Activated: false, Disabled: false, ImmutableDictionary<Right, Proposal>.Empty, null, null, envelope.Revision));
        On<RecoveryProposed>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Recovery = new(e.By, e.At) }));
        On<RecoveryRejected>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Recovery = null }));
        On<RecoveryApproved>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Recovery = null }));
        On<RightProposed>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Proposed = row.Proposed.SetItem(new(e.Kind, e.Name), new(e.By, e.At)) }));
        On<RightRejected>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Proposed = row.Proposed.Remove(new(e.Kind, e.Name)) }));
        On<RightApproved>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Proposed = row.Proposed.Remove(new(e.Kind, e.Name)) }));
        On<AccountInvitedAgain>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Activated = false }));
        On<AccountActivated>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Activated = true }));
        On<PasskeyAdded>(e => _byPasskey[e.PasskeyId] = e.AccountId);
        On<PasskeyRemoved>(e => _byPasskey.TryRemove(e.PasskeyId, out _));
        On<RoleGranted>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Roles = row.Roles.Add(e.Role) }));
        On<RoleTaken>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Roles = row.Roles.Remove(e.Role) }));
        On<RegionGranted>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Regions = row.Regions.Add(e.Region) }));
        On<RegionTaken>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Regions = row.Regions.Remove(e.Region) }));
        On<AccountDisabled>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Disabled = true, Enabling = null }));
        On<AccountEnablingProposed>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Enabling = new(e.By, e.At) }));
        On<AccountEnabled>((e, envelope) => Change(e.AccountId, envelope.Revision, row => row with { Disabled = false, Enabling = null }));
    }

    /// <summary>All accounts, oldest first (ids carry their time).</summary>
    public IEnumerable<AccountRow> Rows => _rows.Values.OrderBy(row => row.AccountId);

    /// <summary>One of them.</summary>
    public AccountRow? Row(Guid accountId) => _rows.GetValueOrDefault(accountId);

    /// <param name="normalisedName">As <see cref="LoginNameNormaliser"/> spells it.</param>
    public Guid? Find(string normalisedName) => _byToken.TryGetValue(Token(normalisedName), out var id) ? id : null;

    /// <summary>The account that a passkey belongs to.</summary>
    public Guid? OfPasskey(Guid passkeyId) => _byPasskey.TryGetValue(passkeyId, out var id) ? id : null;

    private void Change(Guid accountId, long revision, Func<AccountRow, AccountRow> change) =>
        _rows[accountId] = change(_rows[accountId]) with { Revision = revision };

    private string Token(string name) =>
        Convert.ToHexString(HMACSHA256.HashData(_vault.MatchKey().Span, Encoding.UTF8.GetBytes("login/" + name)));
}

/// <summary>An account as the administrator sees it.</summary>
/// <param name="LoginName">Sealed.</param>
/// <param name="Name">Sealed.</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Activated">The invitation was taken up.</param>
/// <param name="Proposed">Rights that wait for a second administrator; lapsed ones too.</param>
/// <param name="Recovery">Proposed and not answered; lapsed ones too.</param>
/// <param name="Enabling">An administrator wants it back in use; lapsed ones too.</param>
public sealed record AccountRow(
    Guid AccountId,
    Personal<string> LoginName,
    Personal<string> Name,
    string Organisation,
    ImmutableSortedSet<string> Roles,
    ImmutableSortedSet<string> Regions,
    bool Activated,
    bool Disabled,
    ImmutableDictionary<Right, Proposal> Proposed,
    Proposal? Recovery,
    Proposal? Enabling,
    long Revision);
