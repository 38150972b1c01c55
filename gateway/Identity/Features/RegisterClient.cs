using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary><c>POST /identity/v1/clients</c>: a partner organisation's system may ask for tokens, with a key pair of its own, once another administrator approved the key.</summary>
public static class RegisterClient
{
    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/clients", HandleAsync).Allow(Roles.Administrator).RequireRecentSignIn()
        .WithSummary("Registers a machine client and proposes its first public key");

    private static async Task<CreatedAnswer<ChangeClient.ClientReply>> HandleAsync(Request request, Caller caller, Hand hand, CommandHandler handler, CancellationToken cancellationToken)
    {
        AccountForm.Check(
            ("clientId", ClientId.IsValid(request.ClientId) && request.ClientId != GatewayClient.Id, "Lower-case letters, digits and hyphens, 3 to 64."),
            AccountForm.Text("name", request.Name),
            AccountForm.Oin("organisation", request.Organisation),
            ("scopes", request.Scopes.Count > 0 && request.Scopes.All(ClientDecider.Scopes.Contains), $"Scopes are: {string.Join(", ", ClientDecider.Scopes)}."),
            ("keyId", ClientId.IsValid(request.KeyId), "Lower-case letters, digits and hyphens, 3 to 64."));
        PublicKeys.Read(request.PublicKey, request.KeyId);
        var command = new ClientCommand.Register(
            request.ClientId, request.Name.Trim(), request.Organisation, request.Scopes, request.KeyId, request.PublicKey, caller.AccountId!.Value, hand.Now);
        var result = await handler.HandleAsync(ClientDecider.Decider, Client.Stream(request.ClientId), command, caller.Command(), cancellationToken);
        return Reply.Created($"/identity/v1/clients/{request.ClientId}", result, ChangeClient.Show(result.State));
    }

    internal sealed record Request(string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes, string KeyId, string PublicKey);
}
