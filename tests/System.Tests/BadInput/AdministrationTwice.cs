using System.Security.Cryptography;
using System.Text.Json;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What an administrator does with accounts, clients and keys, each twice.</summary>
internal static class AdministrationTwice
{
    private const string Account = "/api/identity/v1/accounts/{accountId}";
    private const string Client = "/api/identity/v1/clients/{clientId}";

    public static async Task PlayAsync(Story story, Twice twice)
    {
        await AccountsAsync(story, twice);
        await ClientsAsync(twice);
        await twice.DoAsync("administrator", "/api/identity/v1/signing-keys", hasRevision: false);
        var keys = await story.SeeAsync("administrator", "/identity/v1/signing-keys");
        var next = keys.EnumerateArray().Last(key => key.Text("status") == "next").Id("keyId");
        await twice.DoAsync("administrator", "/api/identity/v1/signing-keys/{keyId}/withdrawal", ids: [$"{next}"], hasRevision: false);
    }

    private static async Task AccountsAsync(Story story, Twice twice)
    {
        var invited = await twice.DoAsync("administrator", "/api/identity/v1/accounts", New("twice", "planner"), hasRevision: false);
        string[] account = [$"{invited.Id("accountId")}"];
        await ChangeAsync("administrator", "invitation");
        await ChangeAsync("administrator", "roles", new { grant = new[] { "interviewer" } });
        await ChangeAsync("administrator", "regions", new { grant = new[] { "Limburg" } });
        await ChangeAsync("administrator", "disabling");
        await ChangeAsync("administrator", "enabling");

        // The second administrator approves what the first proposed, for somebody who has used the account.
        account = [$"{Story.IdOf("guardian")}"];
        await story.House.SignInAsync("guardian");
        var open = await story.SeeAsync("administrator", $"/identity/v1/accounts/{account[0]}/sessions");
        await twice.DoAsync("administrator", Account + "/sessions/{sessionId}/ending", ids: [account[0], $"{open[0].Id("sessionId")}"], hasRevision: false);
        await twice.DoAsync("administrator", Account + "/sessions/ending", ids: account, hasRevision: false);
        await ChangeAsync("administrator", "roles", new { grant = new[] { "planner", "auditor" } });
        await ChangeAsync("administrator-2", "rights/approval", new { roles = new[] { "planner" } });
        await ChangeAsync("administrator-2", "rights/rejection", new { roles = new[] { "auditor" } });
        await ChangeAsync("administrator", "recovery", new { reason = "tekst" });
        await ChangeAsync("administrator", "recovery/rejection");
        await ChangeAsync("administrator", "recovery", new { reason = "tekst" });
        await ChangeAsync("administrator-2", "recovery/approval");

        Task<JsonElement> ChangeAsync(string who, string what, object? body = null) => twice.DoAsync(who, $"{Account}/{what}", body, account);
    }

    private static async Task ClientsAsync(Twice twice)
    {
        const string Who = "administrator";
        await twice.DoAsync(Who, "/api/identity/v1/clients", new
        {
            clientId = "twice",
            name = "tekst",
            organisation = "00000000000099900188",
            scopes = new[] { "referrals.submit" },
            keyId = "first",
            publicKey = PublicKey(),
        }, hasRevision: false);
        var second = PublicKey();
        await twice.DoAsync(Who, Client + "/keys", new { keyId = "second", publicKey = second }, ["twice"]);
        await twice.DoAsync("administrator-2", Client + "/keys/{keyId}/approval", new { publicKey = second }, ids: ["twice", "second"]);
        await twice.DoAsync(Who, Client + "/keys", new { keyId = "third", publicKey = PublicKey() }, ["twice"]);
        await twice.DoAsync("administrator-2", Client + "/keys/{keyId}/rejection", ids: ["twice", "third"]);
        await twice.DoAsync(Who, Client + "/keys/{keyId}/removal", ids: ["twice", "first"]);
        await twice.DoAsync(Who, Client + "/disabling", ids: ["twice"]);
        await twice.DoAsync(Who, Client + "/enabling", ids: ["twice"]);
    }

    private static object New(string loginName, string role) =>
        new { loginName, name = "tekst", organisation = "00000000000099900101", roles = new[] { role }, regions = new[] { "Amsterdam" } };

    private static string PublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
