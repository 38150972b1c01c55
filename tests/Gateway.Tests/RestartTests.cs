using Barnahus.Identity.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;

    [Fact]
    public async Task Accounts_locks_the_signing_key_and_sessions_survive_a_restart()
    {
        string keyId;
        string cookie;
        string ended;
        long events;
        await using (var before = await Installation.StartAsync(_folder))
        {
            using var browser = await before.SignedInAsync("auditor");
            cookie = browser.Cookies["__Host-barnahus"];
            using var gone = await before.SignedInAsync("auditor");
            ended = gone.Cookies["__Host-barnahus"];
            ((int)(await gone.PostAsync("/account/sign-out", new { })).StatusCode).ShouldBe(204);
            for (var failure = 1; failure <= 5; failure++)
            {
                await (await browser.PostAsync("/account/sign-in", new { loginName = "lawyer", password = "wrong password" })).JsonAsync(401);
            }

            keyId = before.Identity.Services.GetRequiredService<SigningKeyRing>().Credentials.Kid;
            events = (await before.Stores.Log.HeadAsync(default)).Value;
        }

        await using var after = await Installation.StartAsync(_folder);
        after.Identity.Services.GetRequiredService<SigningKeyRing>().Credentials.Kid.ShouldBe(keyId);
        (await after.Stores.Log.HeadAsync(default)).Value.ShouldBeInRange(events, events + 1, "a start of what is there adds nothing but the gateway's own proof");
        using var old = after.Browser();
        old.Cookies["__Host-barnahus"] = cookie;
        (await (await old.GetAsync("/api/account/me")).JsonAsync()).GetProperty("purpose").GetString().ShouldBe("oversight");
        await (await old.GetAsync("/api/echo/v1/caller")).JsonAsync();
        using var over = after.Browser();
        over.Cookies["__Host-barnahus"] = ended;
        await (await over.GetAsync("/api/account/me")).JsonAsync(401);
        using var locked = after.Browser();
        await (await locked.PostAsync("/account/sign-in", new { loginName = "lawyer", password = Installation.Password })).JsonAsync(401);
    }

    [Fact]
    public async Task Nothing_secret_or_personal_lies_in_clear_in_the_data_folder()
    {
        string cookie;
        await using (var installation = await Installation.StartAsync(_folder))
        {
            using var browser = await installation.SignedInAsync("auditor");
            cookie = browser.Cookies["__Host-barnahus"];
        }

        string[] secrets = [cookie, "PRIVATE KEY", "S. de Wit", "E. van Leeuwen", "intake-officer-2", Installation.Password];
        var files = Directory.GetFiles(Path.Combine(_folder, "data"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}demo{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            secrets.ShouldAllBe(secret => !text.Contains(secret, StringComparison.Ordinal), Path.GetFileName(file));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
