using System.Collections.Immutable;

namespace Barnahus.Identity.Clients;

/// <summary>
/// The gateway as a client: the only one that may ask for a person's token. Its key is configured and never on the log,
/// since it is part of the installation and changes with it.
/// </summary>
/// <param name="publicKey">PEM.</param>
public sealed class GatewayClient(string publicKey)
{
    public const string Id = "gateway";

    /// <summary>Scope of the back channel: sign people in, exchange sessions for tokens.</summary>
    public const string Scope = "identity.sessions";

    /// <summary>Where the gateway takes people back who signed in at a provider.</summary>
    public const string ReturnPath = "/account/provider/return";

    public Client Client { get; } = Client.Initial with
    {
        ClientId = Id,
        Name = "Barnahus",
        Scopes = [Scope],
        Keys = ImmutableDictionary<string, string>.Empty.Add(Id, publicKey),
    };
}
