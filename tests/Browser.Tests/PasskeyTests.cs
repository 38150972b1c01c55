using Microsoft.Playwright;

namespace Barnahus.Browser.Tests;

/// <summary>Passkeys in a real browser, with Chromium's virtual authenticator in place of a finger.</summary>
public sealed class PasskeyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_person_enrols_a_passkey_signs_in_with_it_and_removes_it()
    {
        var (page, complaints) = await chromium.PageAsync();
        await AuthenticatorAsync(page);
        await SignInAsync(page, "interviewer");
        await page.GotoAsync($"{chromium.House}/account/passkeys");
        await page.FillAsync("#name", "laptop van het werk");
        await page.ClickAsync("#add-passkey");
        await Expect(page, "td >> text=laptop van het werk");
        await SignOutAsync(page);

        await page.ClickAsync("#passkey-sign-in");
        await Expect(page, "text=U bent ingelogd als T. Vos");
        await page.GotoAsync($"{chromium.House}/account/passkeys");
        (await page.Locator("td >> text=nooit").CountAsync()).ShouldBe(0, "its use is shown");
        await page.ClickAsync("[data-remove-passkey]");
        await page.Locator("[data-remove-passkey]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await SignOutAsync(page);

        await page.ClickAsync("#passkey-sign-in");
        await Expect(page, "#passkey-error >> text=Dat lukte niet");
        complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_passkey_confirms_who_you_are_and_an_answer_counts_once()
    {
        var (page, complaints) = await chromium.PageAsync();
        await AuthenticatorAsync(page);
        await SignInAsync(page, "prosecutor");
        await page.GotoAsync($"{chromium.House}/account/passkeys");
        await page.ClickAsync("#add-passkey");
        await Expect(page, "td >> text=Passkey");
        var statuses = await page.EvaluateAsync<int[]>("""
            async () => {
              const post = (path, body) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF": "1" }, body: JSON.stringify(body) });
              const { options, state } = await (await post("/account/passkey-sign-in/question", {})).json();
              const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
              const passkey = { credential: credential.toJSON(), state };
              const first = await post("/api/account/confirmation", { passkey });
              const again = await post("/api/account/confirmation", { passkey });
              const broken = await post("/account/passkey-sign-in", { credential: passkey.credential, state: "made up" });
              const bare = await fetch("/account/passkey-sign-in", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(passkey) });
              return [first.status, again.status, broken.status, bare.status];
            }
            """);
        statuses.ShouldBe([200, 403, 401, 403]);
        complaints.ShouldBeEmpty();
    }

    private static async Task AuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private async Task SignInAsync(IPage page, string loginName)
    {
        await page.GotoAsync($"{chromium.House}/account/sign-in");
        await page.FillAsync("#loginName", loginName);
        await page.FillAsync("#password", Chromium.Password);
        await page.ClickAsync("button[type=submit]");
        await Expect(page, "text=U bent ingelogd als");
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync($"{chromium.House}/");
        await page.ClickAsync("text=Uitloggen");

        // What stands on the next page, and not its address: the event that a page is loaded can come before it is waited for.
        await Expect(page, "#passkey-sign-in");
    }

    private static Task Expect(IPage page, string selector) => page.Locator(selector).First.WaitForAsync();
}
