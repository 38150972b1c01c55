using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary>Keys of a machine client proposed, approved and removed, the client taken out of use and back: what opens by two administrators, what closes by one.</summary>
public static class ChangeClient
{
    public static void Map(RouteGroupBuilder routes)
    {
        var client = routes.MapGroup("/clients/{clientId}");
        client.MapPost("/keys", AddKeyAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Proposes a public key");
        client.MapPost("/keys/{keyId}/approval", (
            string clientId, string keyId, Approval request, Caller caller, Hand hand, CommandHandler handler, CancellationToken cancellationToken) =>
            SendAsync(clientId, new ClientCommand.ApproveKey(keyId, request.PublicKey, caller.AccountId!.Value, hand.Now), caller, handler, cancellationToken))
            .Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Approves a public key that another administrator proposed, after asking the partner whether it is theirs");
        client.MapPost("/keys/{keyId}/rejection", (string clientId, string keyId, Caller caller, CommandHandler handler, CancellationToken cancellationToken) =>
            SendAsync(clientId, new ClientCommand.RejectKey(keyId), caller, handler, cancellationToken))
            .Allow(Roles.Administrator).WithSummary("Rejects a proposed public key, or takes it back");
        client.MapPost("/keys/{keyId}/removal", (string clientId, string keyId, Caller caller, CommandHandler handler, CancellationToken cancellationToken) =>
            SendAsync(clientId, new ClientCommand.RemoveKey(keyId), caller, handler, cancellationToken))
            .Allow(Roles.Administrator).WithSummary("Removes a public key, or a proposed one; what it signed is refused from now on");
        client.MapPost("/disabling", (string clientId, Caller caller, CommandHandler handler, CancellationToken cancellationToken) =>
            SendAsync(clientId, new ClientCommand.Disable(), caller, handler, cancellationToken))
            .Allow(Roles.Administrator).WithSummary("Takes a client out of use");
        client.MapPost("/enabling", (string clientId, Caller caller, Hand hand, CommandHandler handler, CancellationToken cancellationToken) =>
            SendAsync(clientId, new ClientCommand.Enable(caller.AccountId!.Value, hand.Now), caller, handler, cancellationToken))
            .Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Proposes to take a client back into use; asked for by a second administrator it is");
    }

    /// <summary>A client's short form.</summary>
    internal static ClientReply Show(Client client) => new(
        client.ClientId,
        client.Name,
        client.Organisation,
        [.. client.Scopes],
        [.. client.Keys.Keys.Order(StringComparer.Ordinal)],
        [.. client.Proposed.Keys.Order(StringComparer.Ordinal)],
        client.Disabled ? "disabled" : "active");

    private static Task<Answer<ClientReply>> AddKeyAsync(
        string clientId, KeyRequest request, Caller caller, Hand hand, CommandHandler handler, CancellationToken cancellationToken)
    {
        AccountForm.Check(("keyId", ClientId.IsValid(request.KeyId), "Lower-case letters, digits and hyphens, 3 to 64."));
        PublicKeys.Read(request.PublicKey, request.KeyId);
        return SendAsync(clientId, new ClientCommand.AddKey(request.KeyId, request.PublicKey, caller.AccountId!.Value, hand.Now), caller, handler, cancellationToken);
    }

    private static async Task<Answer<ClientReply>> SendAsync(
        string clientId, ClientCommand command, Caller caller, CommandHandler handler, CancellationToken cancellationToken)
    {
        var stream = Client.Stream(ClientId.IsValid(clientId) ? clientId : throw new UnknownException());
        var (client, _) = await handler.StateAsync(ClientDecider.Decider, stream, cancellationToken);
        if (client.ClientId is null)
        {
            throw new UnknownException();
        }

        var result = await handler.HandleAsync(ClientDecider.Decider, stream, command, caller.Command(), cancellationToken);
        return Reply.Changed(result, Show(result.State));
    }

    /// <param name="ProposedKeyIds">Of keys that wait for a second administrator.</param>
    /// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
    internal sealed record ClientReply(
        string? ClientId, string? Name, string? Organisation, IReadOnlyList<string> Scopes, IReadOnlyList<string> KeyIds, IReadOnlyList<string> ProposedKeyIds, string Status);

    internal sealed record KeyRequest(string KeyId, string PublicKey);

    /// <param name="PublicKey">PEM: the key that the partner was asked about.</param>
    internal sealed record Approval(string PublicKey);
}
