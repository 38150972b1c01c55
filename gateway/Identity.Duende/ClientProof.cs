using Barnahus.Identity.Clients;
using Duende.IdentityServer;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Validation;

namespace Barnahus.Identity.Duende;

/// <summary>
/// Who a client is, judged as the embedded issuer judges it. Duende's own validator sets no limit to an assertion's life and counts uses in memory:
/// a replica, a restart or patience would let one in twice.
/// </summary>
public sealed class ClientProof(ClientAssertions assertions, ILogger<ClientProof> log) : ISecretValidator
{
    public async Task<SecretValidationResult> ValidateAsync(IEnumerable<Secret> secrets, ParsedSecret parsedSecret)
    {
        if (parsedSecret is not { Type: IdentityServerConstants.ParsedSecretTypes.JwtBearer, Credential: string assertion })
        {
            return new() { Success = false };
        }

        var (client, reason) = await assertions.VerifyAsync(assertion, CancellationToken.None);
        if (client is null)
        {
            log.LogWarning("A client assertion was refused: {Reason}", reason);
        }

        return new() { Success = client?.ClientId == parsedSecret.Id };
    }
}
