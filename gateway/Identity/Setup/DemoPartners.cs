using System.Security.Cryptography;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Setup;

/// <summary>The organisations that send the demonstration cases, each with a key of its own in <c>demo/partners</c> of the data folder. Only with <c>--demo</c>.</summary>
public sealed class DemoPartners(CommandHandler handler, IdentitySettings settings, TimeProvider time)
{
    private static readonly IReadOnlyList<Partner> Partners =
    [
        new("watch-nederland", "WATCH Nederland", "00000000000099900001"),
        new("chat-met-fier", "Chat met Fier", "00000000000099900002"),
        new("veilig-thuis-midden-nederland", "Veilig Thuis Midden-Nederland", "00000000000099900003"),
        new("hotel-de-vier-winden", "Hotel De Vier Winden", "00000000000099900004"),
        new("csg-utrecht", "Centrum Seksueel Geweld Utrecht", "00000000000099900005"),
        new("avim-amsterdam", "Politie AVIM Amsterdam", "00000000000099900006"),
        new("de-brug", "Scholengemeenschap De Brug", "00000000000099900007"),
        new("coa-ter-apel", "COA Ter Apel", "00000000000099900008"),
        new("zorgcoordinator-limburg", "Zorgcoördinator Mensenhandel Limburg", "00000000000099900009"),
        new("centrum-eetstoornissen-noord", "Centrum Eetstoornissen Noord", "00000000000099900010"),
        new("halt", "Halt", "00000000000099900011"),
        new("huisartsenpraktijk-oost", "Huisartsenpraktijk Oost", "00000000000099900012"),
    ];

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(DemoFolder.Of(settings), "partners");
        foreach (var partner in Partners)
        {
            var file = Path.Combine(folder, partner.ClientId + ".pem");
            var (client, _) = await handler.StateAsync(ClientDecider.Decider, Client.Stream(partner.ClientId), cancellationToken);
            if (client.ClientId is null || !File.Exists(file))
            {
                using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                await DemoFolder.WriteAsync(file, key.ExportPkcs8PrivateKeyPem() + "\n", cancellationToken);
                await RegisterAsync(partner, client, key.ExportSubjectPublicKeyInfoPem(), cancellationToken);
            }
        }

        var lines = Partners.Select(partner => $"{partner.Organisation}\t{partner.ClientId}\t{partner.Name}\n");
        await DemoFolder.WriteAsync(Path.Combine(folder, "partners.tsv"), string.Concat(lines), cancellationToken);
    }

    private async Task RegisterAsync(Partner partner, Client client, string publicKey, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var keyId = $"demo-{id:N}";
        var now = time.GetUtcNow();
        ClientCommand command = client.ClientId is null
            ? new ClientCommand.Register(partner.ClientId, partner.Name, partner.Organisation, [.. ClientDecider.Scopes], keyId, publicKey, By: null, now)
            : new ClientCommand.AddKey(keyId, publicKey, By: null, now);
        var context = new CommandContext(id, Actor.System("identity"), null, now, id);
        await handler.HandleAsync(ClientDecider.Decider, Client.Stream(partner.ClientId), command, context, cancellationToken);
    }

    private sealed record Partner(string ClientId, string Name, string Organisation);
}
