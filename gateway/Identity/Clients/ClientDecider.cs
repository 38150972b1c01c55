using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Clients;

/// <summary>Rules of machine clients.</summary>
public static class ClientDecider
{
    /// <summary>What a partner's system may be given.</summary>
    public static readonly IReadOnlySet<string> Scopes =
        new HashSet<string>(StringComparer.Ordinal) { Platform.Access.Scopes.SubmitReferrals, Platform.Access.Scopes.ReadReceipts };

    public static readonly Decider<ClientCommand, Client> Decider = new(Client.Initial, Decide, Client.Evolve);

    private static Decision Decide(ClientCommand command, Client client) => command switch
    {
        ClientCommand.Register c => client.ClientId is not null
            ? Decision.Refuse("client-exists", "There is a client with this id already. Add a key to it, or choose another id.")
            : Decision.Accept(
                new ClientRegistered(c.ClientId, c.Name, c.Organisation, c.Scopes),
                new ClientKeyAdded(c.ClientId, c.KeyId, c.PublicKey)),
        _ when client.ClientId is null => Decision.Refuse("client-unknown", "There is no such client. Register it first."),
        ClientCommand.AddKey c => AddKey(c, client),
        ClientCommand.RemoveKey c => client.Keys.ContainsKey(c.KeyId)
            ? Decision.Accept(new ClientKeyRemoved(client.ClientId, c.KeyId))
            : Decision.Nothing,
        ClientCommand.Disable => client.Disabled ? Decision.Nothing : Decision.Accept(new ClientDisabled(client.ClientId)),
        ClientCommand.Enable => client.Disabled ? Decision.Accept(new ClientEnabled(client.ClientId)) : Decision.Nothing,
        _ => throw new InvalidOperationException($"A client does not know {command.GetType().Name}."),
    };

    private static Decision AddKey(ClientCommand.AddKey c, Client client) => client.Keys.GetValueOrDefault(c.KeyId) switch
    {
        null => Decision.Accept(new ClientKeyAdded(client.ClientId!, c.KeyId, c.PublicKey)),
        var key when key == c.PublicKey => Decision.Nothing,
        _ => Decision.Refuse("key-id-taken", "Another key has this id. Give the new key an id of its own, and remove the old one afterwards."),
    };
}

/// <summary>What can be asked of a client.</summary>
public abstract record ClientCommand
{
    private ClientCommand()
    {
    }

    public sealed record Register(
        string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes, string KeyId, string PublicKey) : ClientCommand;

    public sealed record AddKey(string KeyId, string PublicKey) : ClientCommand;

    public sealed record RemoveKey(string KeyId) : ClientCommand;

    public sealed record Disable : ClientCommand;

    public sealed record Enable : ClientCommand;
}
