using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Views;

/// <summary>Machine clients, for the administrator.</summary>
public sealed class ClientIndex : View
{
    private readonly ConcurrentDictionary<string, ClientRow> _rows = new(StringComparer.Ordinal);

    public ClientIndex()
    {
        On<ClientRegistered>((e, envelope) => _rows[e.ClientId] = new(e.ClientId, e.Name, e.Organisation, e.Scopes, [], [], Disabled: false, null, envelope.Revision));
        On<ClientKeyProposed>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Proposed = [.. Without(row, e.KeyId), new(e.KeyId, e.PublicKey, e.By, e.At)] }));
        On<ClientKeyAdded>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { KeyIds = row.KeyIds.Add(e.KeyId), Proposed = Without(row, e.KeyId) }));
        On<ClientKeyRemoved>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { KeyIds = row.KeyIds.Remove(e.KeyId), Proposed = Without(row, e.KeyId) }));
        On<ClientDisabled>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Disabled = true, Enabling = null }));
        On<ClientEnablingProposed>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Enabling = new(e.By, e.At) }));
        On<ClientEnabled>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Disabled = false, Enabling = null }));
    }

    public IEnumerable<ClientRow> Rows => _rows.Values.OrderBy(row => row.ClientId, StringComparer.Ordinal);

    private static ImmutableArray<WaitingKey> Without(ClientRow row, string keyId) => row.Proposed.RemoveAll(waiting => waiting.KeyId == keyId);

    private void Change(string clientId, long revision, Func<ClientRow, ClientRow> change) =>
        _rows[clientId] = change(_rows[clientId]) with { Revision = revision };
}

/// <param name="Organisation">OIN.</param>
/// <param name="Proposed">Keys that wait for a second administrator, or have waited too long.</param>
/// <param name="Enabling">An administrator wants it back in use; lapsed ones too.</param>
public sealed record ClientRow(
    string ClientId,
    string Name,
    string Organisation,
    IReadOnlyList<string> Scopes,
    ImmutableSortedSet<string> KeyIds,
    ImmutableArray<WaitingKey> Proposed,
    bool Disabled,
    Proposal? Enabling,
    long Revision);

/// <summary>A key that one administrator proposed.</summary>
/// <param name="PublicKey">PEM: what the partner is asked about.</param>
/// <param name="ProposedBy">Account of the administrator.</param>
public sealed record WaitingKey(string KeyId, string PublicKey, Guid ProposedBy, DateTimeOffset At);
