using System.Collections.Concurrent;
using System.Text.Json;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Timeline.Index;

/// <summary>Names of accounts, sealed as they stand in the log: opened only when a line of a timeline or of the accesses is read.</summary>
public sealed class AccountNames(PersonalData personal) : IRawView
{
    private const string Prefix = "identity.account-";
    private const string Field = "name";

    private readonly ConcurrentDictionary<Guid, SealedName> _names = new();

    /// <inheritdoc/>
    public void Apply(LoggedEvent logged)
    {
        if (!logged.Type.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return;
        }

        using var data = JsonDocument.Parse(logged.Data);
        if (data.RootElement.TryGetProperty(Field, out var name) && name.TryGetBytesFromBase64(out var seal))
        {
            var account = Envelope.SubjectOf(logged);
            _names[account.Id] = new SealedName(logged.Id, account, seal);
        }
    }

    /// <summary>Name of an account; null when there is none, or when it was destroyed.</summary>
    public string? Of(Guid accountId) => _names.TryGetValue(accountId, out var name)
        ? personal.OpenUntyped(name.EventId, name.Account, Field, name.Seal) is { DestroyedRegime: null } opened ? opened.ValueOrDefault.GetString() : null
        : null;

    private sealed record SealedName(Guid EventId, SubjectId Account, byte[] Seal);
}
