using Barnahus.Identity.Accounts;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Clients;

/// <summary>
/// Rules of machine clients. A key speaks for the partner, so it is proposed by one administrator and approved by another, who asked the partner; a client
/// without a key can do nothing. One alone takes away.
/// </summary>
public static class ClientDecider
{
    /// <summary>What a partner's system may be given.</summary>
    public static readonly IReadOnlySet<string> Scopes =
        new HashSet<string>(StringComparer.Ordinal) { Platform.Access.Scopes.SubmitReferrals, Platform.Access.Scopes.ReadReceipts };

    /// <summary>A proposal that nobody answers lapses.</summary>
    public static readonly TimeSpan Life = Right.Life;

    public static readonly Decider<ClientCommand, Client> Decider = new(Client.Initial, Decide, Client.Evolve);

    private static Decision Decide(ClientCommand command, Client client) => command switch
    {
        ClientCommand.Register c => client.ClientId is not null
            ? Decision.Refuse("client-exists", "There is a client with this id already. Add a key to it, or choose another id.")
            : Decision.Accept(
                new ClientRegistered(c.ClientId, c.Name, c.Organisation, c.Scopes),
                Key(c.ClientId, c.KeyId, c.PublicKey, c.By, c.At)),
        _ when client.ClientId is null => Decision.Refuse("client-unknown", "There is no such client. Register it first."),
        ClientCommand.AddKey c => AddKey(c, client),
        ClientCommand.ApproveKey c => ApproveKey(c, client),
        ClientCommand.RemoveKey c => client.Keys.ContainsKey(c.KeyId) || client.Proposed.ContainsKey(c.KeyId)
            ? Decision.Accept(new ClientKeyRemoved(client.ClientId, c.KeyId))
            : Decision.Nothing,
        ClientCommand.RejectKey c => RejectKey(c, client),
        ClientCommand.Disable => client.Disabled ? Decision.Nothing : Decision.Accept(new ClientDisabled(client.ClientId)),
        ClientCommand.Enable c => Enable(c, client),
        _ => throw new InvalidOperationException($"A client does not know {command.GetType().Name}."),
    };

    private static Decision AddKey(ClientCommand.AddKey c, Client client)
    {
        var proposed = client.Proposed.GetValueOrDefault(c.KeyId);
        var waits = proposed?.Proposal.IsOpen(c.At, Life) == true;
        return (client.Keys.GetValueOrDefault(c.KeyId) ?? (waits ? proposed!.PublicKey : null)) switch
        {
            null => Decision.Accept(Key(client.ClientId!, c.KeyId, c.PublicKey, c.By, c.At)),
            var key when key != c.PublicKey =>
                Decision.Refuse("key-id-taken", "Another key has this id. Give the new key an id of its own, and remove the old one afterwards."),
            _ when waits && proposed!.Proposal.ProposedBy != c.By =>
                Decision.Refuse("key-proposed", "Another administrator proposed this key already. Ask the partner whether it is theirs, and approve it or remove it."),
            _ => Decision.Nothing,
        };
    }

    private static Decision ApproveKey(ClientCommand.ApproveKey c, Client client) =>
        client.Keys.GetValueOrDefault(c.KeyId) is { } known ? IsOf(c, known) ? Decision.Nothing : Changed()
        : client.Proposed.GetValueOrDefault(c.KeyId) is not { } key || !key.Proposal.IsOpen(c.At, Life)
            ? Decision.Refuse("no-proposal", "Nobody proposed this key within the last two weeks. Propose it first.")
        : key.Proposal.ProposedBy == c.By
            ? Decision.Refuse("two-administrators", "You proposed this key yourself. Another administrator approves it, after asking the partner whether it is theirs.")
        : !IsOf(c, key.PublicKey) ? Changed()
        : Decision.Accept(new ClientKeyAdded(client.ClientId!, c.KeyId, key.PublicKey));

    /// <summary>Whoever rejects has an old look, maybe: a key that was approved meanwhile stays.</summary>
    private static Decision RejectKey(ClientCommand.RejectKey c, Client client) =>
        client.Keys.ContainsKey(c.KeyId) ? Decision.Refuse("key-in-use", "Another administrator approved this key meanwhile. If it is not the partner's, remove it.")
        : client.Proposed.ContainsKey(c.KeyId) ? Decision.Accept(new ClientKeyRemoved(client.ClientId!, c.KeyId))
        : Decision.Nothing;

    /// <summary>Whoever proposed a key could propose another under its id after the look: so the key itself is approved, whatever breaks its lines.</summary>
    private static bool IsOf(ClientCommand.ApproveKey c, string publicKey) =>
        c.PublicKey.Where(letter => !char.IsWhiteSpace(letter)).SequenceEqual(publicKey.Where(letter => !char.IsWhiteSpace(letter)));

    private static Decision Changed() =>
        Decision.Refuse("key-changed", "Another key has this id now than the one you looked at. Look again, and ask the partner about the key you see.");

    private static Decision Enable(ClientCommand.Enable c, Client client) =>
        !client.Disabled ? Decision.Nothing
        : Proposal.OfTwo(client.Enabling, c.By, c.At, Life, new ClientEnablingProposed(client.ClientId!, c.By, c.At), new ClientEnabled(client.ClientId!));

    private static IEvent Key(string clientId, string keyId, string publicKey, Guid? by, DateTimeOffset at) =>
        by is { } hand ? new ClientKeyProposed(clientId, keyId, publicKey, hand, at) : new ClientKeyAdded(clientId, keyId, publicKey);
}

/// <summary>What can be asked of a client.</summary>
public abstract record ClientCommand
{
    private ClientCommand()
    {
    }

    /// <param name="By">Account of the administrator; null for the installation itself, whose keys need nobody else.</param>
    /// <param name="At">Security time; so in all.</param>
    public sealed record Register(
        string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes, string KeyId, string PublicKey, Guid? By, DateTimeOffset At) : ClientCommand;

    /// <param name="By">As of <see cref="Register"/>.</param>
    public sealed record AddKey(string KeyId, string PublicKey, Guid? By, DateTimeOffset At) : ClientCommand;

    /// <param name="PublicKey">PEM: the key that was looked at.</param>
    /// <param name="By">Account of the administrator.</param>
    public sealed record ApproveKey(string KeyId, string PublicKey, Guid By, DateTimeOffset At) : ClientCommand;

    /// <summary>Rejects a proposed key, or takes it back.</summary>
    public sealed record RejectKey(string KeyId) : ClientCommand;

    public sealed record RemoveKey(string KeyId) : ClientCommand;

    public sealed record Disable : ClientCommand;

    /// <summary>Of one administrator a proposal; of a second one the deed.</summary>
    /// <param name="By">Account of the administrator.</param>
    public sealed record Enable(Guid By, DateTimeOffset At) : ClientCommand;
}
